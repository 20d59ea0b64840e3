package io.nmr.registrar;

import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.DrainTimes;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.engine.BindingSnapshot;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The drains under way, and how long those took that have ended.
 *
 * <p><b>Threading.</b> Any thread; no lock of its own.
 */
final class Drains {

    private final AtomicLong numbers = new AtomicLong();

    /** Of themselves, not by their numbers: to take one out takes no memory. */
    private final Set<DrainUnderWay> underWay = ConcurrentHashMap.newKeySet();

    private final DurationHistogram times = new DurationHistogram();
    private final RegistrarEngine engine;
    private final CurrentSettings settings;
    private final WallClock clock;
    private final RuntimeEvents events;

    Drains(RegistrarEngine engine, CurrentSettings settings, WallClock clock, RuntimeEvents events) {
        this.engine = engine;
        this.settings = settings;
        this.clock = clock;
        this.events = events;
    }

    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Fails as a whole: then it has not begun, and nobody is told that it ends. */
    void begun(DrainUnderWay drain) {
        try {
            underWay.add(drain);
            events.happened(OfDrain.Kind.BEGUN, drain.number(), drain.what(), Duration.ZERO, drain.timeouts().size(), 0);
        } catch (RuntimeException | Error e) {
            underWay.remove(drain);
            throw e;
        }
    }

    /**
     * It waits no longer; if it is not drained, it has given up what is overdue of its bindings, or failed. What becomes of
     * its modules does not depend on whether that can be told.
     */
    void ended(DrainUnderWay drain, boolean drained) {
        underWay.remove(drain);
        try {
            Duration took = drain.age();
            times.record(took);
            events.happened(
                    drained ? OfDrain.Kind.DRAINED : OfDrain.Kind.GIVEN_UP,
                    drain.number(),
                    drain.what(),
                    took,
                    drain.timeouts().size(),
                    drained ? 0 : overdue(drain));
        } catch (OutOfMemoryError e) {
            events.leaveOut();
        }
    }

    /** Whether it is what its thread waits in: it has not ended, and no other has begun inside a callback of it. */
    boolean isInnermost(DrainUnderWay drain) {
        return underWay.contains(drain)
                && underWay.stream()
                        .noneMatch(other -> other.thread() == drain.thread() && other.number() > drain.number());
    }

    private int overdue(DrainUnderWay drain) {
        return (int) engine.view().bindings(drain.leaving()).stream().filter(BindingSnapshot::overdue).count();
    }

    DrainTimes times() {
        return times.summary();
    }

    /** In the order of their numbers. */
    List<DrainUnderWay> underWay() {
        return underWay.stream().sorted(Comparator.comparingLong(DrainUnderWay::number)).toList();
    }

    List<DrainSnapshot> snapshots() {
        return underWay().stream().map(this::snapshot).toList();
    }

    private DrainSnapshot snapshot(DrainUnderWay drain) {
        Duration age = drain.age();
        return new DrainSnapshot(
                drain.number(),
                drain.what().toString(),
                clock.now().minus(age),
                age,
                settings.now().overdue() == OverduePolicy.WAIT ? null : drain.longestTimeout().minus(age),
                drain.leaving().size(),
                engine.view().bindings(drain.leaving()).stream().map(Snapshots::binding).toList());
    }
}
