package io.nmr.registrar;

import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Deregisters modules and waits until their bindings are cleaned up, for each module until its detach timeout has
 * passed (O1 to O3).
 *
 * <p><b>Threading.</b> Runs on the thread that stops or unregisters, which holds locks of the framework and none of the
 * registrar's. Several drains may include one module: each waits for it.
 */
final class Drain {

    private static final Duration WITHOUT_BOUND = Duration.ofSeconds(Long.MAX_VALUE);

    private final RegistrarEngine engine;
    private final Modules modules;
    private final CallbackThreads threads;
    private final DetachTimeouts timeouts;
    private final CurrentSettings settings;
    private final LongSupplier nanoTime;
    private final Log log;
    private final Drains drains;
    private final DrainWatch watch;

    Drain(
            RegistrarEngine engine,
            Modules modules,
            CallbackThreads threads,
            SlowCallbacks callbacks,
            DetachTimeouts timeouts,
            CurrentSettings settings,
            LongSupplier nanoTime,
            Log log,
            Drains drains) {
        this.engine = engine;
        this.modules = modules;
        this.threads = threads;
        this.timeouts = timeouts;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.log = log;
        this.drains = drains;
        this.watch = new DrainWatch(drains, engine, settings, callbacks, log);
    }

    void shutdown() {
        watch.shutdown();
    }

    /** Drains modules of one bundle; its own callbacks stay on this thread. */
    void run(Object what, BundleName bundle, Collection<Registration> leaving) {
        threads.draining(bundle, longest(leaving), () -> {
            run(what, leaving, WITHOUT_BOUND);
            return null;
        });
    }

    /**
     * As {@link #run(Object, BundleName, Collection)}, for a service that goes by itself: where this thread cannot wait
     * (C6) nothing is given up, so that the stop of the bundle, under way or to come, waits for it (O2).
     */
    void runBeforeStop(Object what, BundleName bundle, Collection<Registration> leaving) {
        threads.draining(bundle, longest(leaving), () -> {
            List<Registration> entered = modules.entered(leaving);
            if (!entered.isEmpty()
                    && !drain(what, entered, WITHOUT_BOUND, false).equals(NmrStatus.POSSIBLE_DEADLOCK)) {
                entered.forEach(modules::leave);
            }
            return null;
        });
    }

    /** How long the drain may last; a callback of its own that ran elsewhere might wait for what this thread holds. */
    private Duration longest(Collection<Registration> leaving) {
        return switch (settings.now().overdue()) {
            case PROCEED -> timeouts.longest(leaving);
            case INTERRUPT -> timeouts.longest(leaving).plus(settings.now().grace());
            case WAIT -> WITHOUT_BOUND;
        };
    }

    /** Drains modules of any bundles; all callbacks run in parallel, on the pool, and no wait is too long. */
    void runAll(Object what, Collection<Registration> leaving) {
        run(what, leaving, DetachTimeouts.LONGEST_AT_FRAMEWORK_STOP);
    }

    private void run(Object what, Collection<Registration> leaving, Duration longest) {
        List<Registration> entered = modules.entered(leaving);
        if (!entered.isEmpty()) {
            drain(what, entered, longest, true);
            entered.forEach(modules::leave);
        }
    }

    private NmrStatus drain(Object what, List<Registration> leaving, Duration longest, boolean last) {
        Map<Registration, Duration> each = timeouts.of(leaving, longest);
        DrainUnderWay drain =
                new DrainUnderWay(drains.nextNumber(), what, each, engine.view().load(each.keySet()), nanoTime);
        boolean drained = false;
        drains.begun(drain);
        try {
            watch.arm();
            NmrStatus status = drain(drain, last);
            drained = status.isSuccess();
            return status;
        } finally {
            drains.ended(drain, drained);
        }
    }

    private NmrStatus drain(DrainUnderWay drain, boolean last) {
        OverdueModules overdue = new OverdueModules(drain, engine, settings, modules, log);
        NmrStatus status = engine.drain(drain.timeouts(), overdue);
        if (status.isSuccess()) {
            logDrained(drain);
            return status;
        }
        overdue.reportTheRest();
        if (last || !status.equals(NmrStatus.POSSIBLE_DEADLOCK)) {
            engine.abandon(drain.leaving());
        }
        return status;
    }

    /** Its modules are gone, whether there is memory to say so or not. */
    private void logDrained(DrainUnderWay drain) {
        try {
            log.drained(drain.what(), drain.age(), drain.load());
        } catch (OutOfMemoryError e) {
            // The event that follows, or the gap in the events' numbers, is left to tell of it.
        }
    }
}
