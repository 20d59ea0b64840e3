package io.nmr.registrar;

import io.nmr.engine.Effect;
import io.nmr.engine.EffectExecutor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * On which thread a module is called: offers on the registering thread; the callbacks of a bundle's own modules on the
 * thread that drains the bundle, whose monitors are re-entrant there; all others on a bounded pool, so that one that
 * blocks delays neither the others nor, beyond the timeout, the stop.
 *
 * <p><b>Threading.</b> Any thread. The threads are daemons, and started with the registrar: started later, they would
 * inherit the protection domains of whichever bundle happened to stop first, and keep its class loader.
 */
final class CallbackThreads implements EffectExecutor {

    private static final long LONGEST_FAREWELL_MS = 1_000;

    private final ThreadLocal<BundleName> draining = new ThreadLocal<>();
    private final SlowCallbacks slowCallbacks;
    private final ThreadPoolExecutor pool;

    CallbackThreads(SlowCallbacks slowCallbacks, int size) {
        this.slowCallbacks = slowCallbacks;
        this.pool = new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreads("nmr-callback"),
                (afterShutdown, same) -> afterShutdown.run());
        pool.prestartAllCoreThreads();
    }

    /** Takes effect at once; threads too many end when they have nothing to do. */
    void resize(int size) {
        if (size > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(size);
            pool.setCorePoolSize(size);
        } else {
            pool.setCorePoolSize(size);
            pool.setMaximumPoolSize(size);
        }
    }

    @Override
    public void execute(Effect effect) {
        if (effect.kind() == Effect.Kind.OFFER || isOwn(effect)) {
            slowCallbacks.watch(effect);
        } else {
            pool.execute(() -> slowCallbacks.watch(effect));
        }
    }

    private boolean isOwn(Effect effect) {
        BundleName own = draining.get();
        return own != null && own.equals(effect.module().origin());
    }

    /** Runs {@code work}, within which the callbacks of modules of {@code bundle} stay on this thread. */
    <T> T draining(BundleName bundle, Supplier<T> work) {
        BundleName outer = draining.get();
        draining.set(bundle);
        try {
            return work.get();
        } finally {
            restore(outer);
        }
    }

    private void restore(BundleName outer) {
        if (outer == null) {
            draining.remove();
        } else {
            draining.set(outer);
        }
    }

    /**
     * Lets what is under way end, but does not wait for a callback that blocks; what comes later runs on the thread that
     * leads to it.
     */
    void shutdown() {
        pool.shutdown();
        try {
            pool.awaitTermination(LONGEST_FAREWELL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
