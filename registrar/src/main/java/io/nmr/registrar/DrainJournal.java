package io.nmr.registrar;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.DrainTimes;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The drains under way, and how long those took that have ended.
 *
 * <p><b>Threading.</b> Any thread; no lock of its own.
 */
final class DrainJournal {

    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Drain> underWay = new ConcurrentSkipListMap<>();
    private final DurationHistogram times = new DurationHistogram();
    private final RegistrarEngine engine;
    private final CurrentSettings settings;
    private final RuntimeEvents events;

    DrainJournal(RegistrarEngine engine, CurrentSettings settings, RuntimeEvents events) {
        this.engine = engine;
        this.settings = settings;
        this.events = events;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    void begun(Drain drain) {
        underWay.put(drain.number(), drain);
        events.drain(OfDrain.Kind.BEGUN, drain, Duration.ZERO, 0);
    }

    /** It waits no longer. If it is not drained, it has given up its bindings that are overdue, or it failed. */
    void ended(Drain drain, boolean drained) {
        underWay.remove(drain.number());
        Duration took = drain.age();
        times.record(took);
        events.drain(drained ? OfDrain.Kind.DRAINED : OfDrain.Kind.GIVEN_UP, drain, took, drained ? 0 : overdue(drain));
    }

    private int overdue(Drain drain) {
        return (int) engine.view().bindings(drain.leaving()).stream().filter(BindingSnapshot::overdue).count();
    }

    DrainTimes times() {
        return times.summary();
    }

    /** In the order of their numbers. */
    List<Drain> underWay() {
        return List.copyOf(underWay.values());
    }

    List<DrainSnapshot> snapshots() {
        return underWay().stream().map(this::snapshot).toList();
    }

    private DrainSnapshot snapshot(Drain drain) {
        Duration age = drain.age();
        return new DrainSnapshot(
                drain.number(),
                drain.what().toString(),
                Instant.now().minus(age),
                age,
                settings.now().overdue() == OverduePolicy.WAIT ? null : drain.longestTimeout().minus(age),
                drain.leaving().size(),
                engine.view().bindings(drain.leaving()));
    }
}
