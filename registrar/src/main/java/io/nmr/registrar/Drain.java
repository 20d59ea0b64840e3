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

    /** Drains modules of any bundles; all callbacks run in parallel, on the pool. */
    void run(Object what, Collection<Registration> leaving) {
        List<Registration> entered = modules.entered(leaving);
        if (!entered.isEmpty()) {
            drain(what, entered);
            entered.forEach(modules::leave);
        }
    }

    private void drain(Object what, List<Registration> leaving) {
        long begin = nanoTime.getAsLong();
        Log.Load load = Log.Load.of(leaving.size(), engine.bindings(leaving));
        NmrStatus status = engine.drain(leaving, timeout);
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - begin);
        if (status.isSuccess()) {
            log.drained(what, took, load);
        } else {
            List<BindingSnapshot> remaining = engine.bindings(leaving);
            engine.abandon(leaving);
            log.overdue(what, took, load, remaining);
        }
    }
}
