package io.nmr.registrar;

import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BundleRef;
import io.nmr.engine.RegistrarEngine;
import io.nmr.registrar.Drain.Occasion;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Drains: deregisters modules and waits until their bindings are cleaned up, or until the detach timeout of each module has
 * passed (O1 to O3).
 *
 * <p><b>Threading.</b> Runs on the thread that stops or unregisters, which holds locks of the framework and none of the
 * registrar's. Several drains may include one module: each waits for it.
 */
final class Drainer {

    static final Duration WITHOUT_BOUND = Duration.ofSeconds(Long.MAX_VALUE);

    private final RegistrarEngine engine;
    private final Modules modules;
    private final CallbackThreads threads;
    private final DetachTimeouts timeouts;
    private final CurrentSettings settings;
    private final LongSupplier nanoTime;
    private final Log log;
    private final DrainJournal journal;
    private final DeadlockWatch watch;

    Drainer(
            RegistrarEngine engine,
            Modules modules,
            CallbackThreads threads,
            DetachTimeouts timeouts,
            CurrentSettings settings,
            LongSupplier nanoTime,
            Log log,
            DrainJournal journal) {
        this.engine = engine;
        this.modules = modules;
        this.threads = threads;
        this.timeouts = timeouts;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.log = log;
        this.journal = journal;
        this.watch = new DeadlockWatch(journal, engine, log);
    }

    /** A bundle stops: drains its modules, whose own callbacks stay on this thread (O2). */
    void bundleStops(BundleRef bundle) {
        Collection<Registration> leaving = modules.of(bundle.id());
        threads.draining(bundle, longest(leaving), () -> drain(Occasion.BUNDLE_STOPS, bundle, leaving, WITHOUT_BOUND));
    }

    /** A service is unregistered by itself: drains its modules (O1). */
    void serviceGoes(BundleRef bundle, Collection<Registration> leaving) {
        threads.draining(bundle, longest(leaving), () -> drain(Occasion.SERVICE_GOES, leaving, leaving, WITHOUT_BOUND));
    }

    /** The framework or the registrar stops: drains all modules there are, all callbacks on the pool (O4). */
    void everythingStops(String what) {
        drain(Occasion.EVERYTHING_STOPS, what, modules.all(), DetachTimeouts.LONGEST_AT_FRAMEWORK_STOP);
    }

    /** How long callbacks may begin here: on another thread one might wait for a monitor that this thread holds. */
    private Duration longest(Collection<Registration> leaving) {
        return switch (settings.now().overdue()) {
            case PROCEED -> timeouts.longest(leaving);
            case INTERRUPT -> timeouts.longest(leaving).plus(settings.now().grace());
            case WAIT -> WITHOUT_BOUND;
        };
    }

    /** Whether the modules are gone, or given up. */
    private boolean drain(Occasion occasion, Object what, Collection<Registration> leaving, Duration longest) {
        List<Registration> entered = modules.entered(leaving);
        boolean ended = entered.isEmpty() || drain(newDrain(occasion, what, entered, longest));
        if (ended) {
            entered.forEach(modules::leave);
        }
        return ended;
    }

    private Drain newDrain(Occasion occasion, Object what, List<Registration> leaving, Duration longest) {
        Map<Registration, Duration> each = timeouts.of(leaving, longest);
        return new Drain(journal.nextNumber(), occasion, what, each, engine.view().load(leaving), nanoTime);
    }

    private boolean drain(Drain drain) {
        boolean drained = false;
        try {
            journal.begun(drain);
            watch.arm();
            OverdueModules overdue = new OverdueModules(drain, engine, settings, modules, log);
            NmrStatus status = engine.drain(drain.timeouts(), overdue);
            drained = status.isSuccess();
            return drained ? logDrained(drain) : giveUp(drain, overdue, status);
        } finally {
            journal.ended(drain, drained);
        }
    }

    private boolean logDrained(Drain drain) {
        log.drained(drain.what(), drain.age(), drain.load());
        return true;
    }

    /**
     * Reports and abandons what remains. If a service goes on a thread that cannot wait (C6) nothing is given up: the stop
     * of its bundle, under way or to come, waits for it (O2).
     */
    private boolean giveUp(Drain drain, OverdueModules overdue, NmrStatus status) {
        overdue.reportTheRest();
        boolean isLeftToStop =
                drain.occasion() == Occasion.SERVICE_GOES && status.equals(NmrStatus.POSSIBLE_DEADLOCK);
        if (!isLeftToStop) {
            engine.abandon(drain.leaving());
        }
        return !isLeftToStop;
    }

    void shutdown() {
        watch.shutdown();
    }
}
