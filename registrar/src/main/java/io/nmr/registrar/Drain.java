package io.nmr.registrar;

import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.engine.BindingSnapshot;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Deregisters modules and waits, under one deadline, until their bindings are cleaned up or the detach timeout has
 * passed (O1 to O3).
 *
 * <p><b>Threading.</b> Runs on the thread that stops or unregisters, which holds locks of the framework and none of the
 * registrar's. Several drains may include one module: each waits for it.
 */
final class Drain {

    private final RegistrarEngine engine;
    private final Modules modules;
    private final CallbackThreads threads;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final Log log;

    Drain(
            RegistrarEngine engine,
            Modules modules,
            CallbackThreads threads,
            Duration timeout,
            LongSupplier nanoTime,
            Log log) {
        this.engine = engine;
        this.modules = modules;
        this.threads = threads;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** Drains modules of one bundle; its own callbacks stay on this thread. */
    void run(Object what, BundleName bundle, Collection<Registration> leaving) {
        threads.draining(bundle, () -> {
            run(what, leaving);
            return null;
        });
    }

    /**
     * As {@link #run(Object, BundleName, Collection)}, for a service that goes by itself: where this thread cannot wait
     * (C6) nothing is given up, so that the stop of the bundle, under way or to come, waits for it (O2).
     */
    void runBeforeStop(Object what, BundleName bundle, Collection<Registration> leaving) {
        threads.draining(bundle, () -> {
            List<Registration> entered = modules.entered(leaving);
            if (!entered.isEmpty() && !drain(what, entered, false).equals(NmrStatus.POSSIBLE_DEADLOCK)) {
                entered.forEach(modules::leave);
            }
            return null;
        });
    }

    /** Drains modules of any bundles; all callbacks run in parallel, on the pool. */
    void run(Object what, Collection<Registration> leaving) {
        List<Registration> entered = modules.entered(leaving);
        if (!entered.isEmpty()) {
            drain(what, entered, true);
            entered.forEach(modules::leave);
        }
    }

    private NmrStatus drain(Object what, List<Registration> leaving, boolean last) {
        long begin = nanoTime.getAsLong();
        Log.Load load = Log.Load.of(leaving.size(), engine.bindings(leaving));
        NmrStatus status = engine.drain(leaving, timeout);
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - begin);
        if (status.isSuccess()) {
            log.drained(what, took, load);
        } else {
            List<BindingSnapshot> remaining = engine.bindings(leaving);
            if (last || !status.equals(NmrStatus.POSSIBLE_DEADLOCK)) {
                engine.abandon(leaving);
            }
            log.overdue(what, took, load, remaining);
        }
        return status;
    }
}
