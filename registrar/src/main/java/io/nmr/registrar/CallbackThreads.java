package io.nmr.registrar;

import io.nmr.api.runtime.BundleRef;
import io.nmr.engine.spi.EffectExecutor;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.spi.EffectTask;
import java.time.Duration;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Decides on which thread a module is called. Offers run on the registering thread. The callbacks of a bundle's own modules run
 * on the thread that drains the bundle, because its monitors are re-entrant there. All others run on a bounded pool, so one that
 * blocks cannot hold the stop beyond its timeout. While a callback keeps its thread for more than a second another thread takes
 * its place; the pool grows to at most four times its set size.
 *
 * <p><b>Threading.</b> Any thread. The monitor guards the size of the pool. The threads are daemons. The registrar's own
 * threads start them: a thread inherits the protection domains of the thread that starts it, and keeps their class loaders.
 */
final class CallbackThreads implements EffectExecutor, SlowCallbacks.Listener {

    private static final int MOST_FOR_EACH = 4;
    private static final long LONGEST_FAREWELL_MS = 1_000;

    /** A drain on this thread; in nanoseconds of the clock. */
    private record Draining(BundleRef bundle, long begin, long longest) {

        /** A callback begins here only while there is time left, so that a late one cannot hold up the stop. */
        boolean takes(EffectTask effect, long now) {
            return bundle.equals(effect.bundle()) && now - begin < longest;
        }
    }

    private final ThreadLocal<Draining> draining = new ThreadLocal<>();
    private final SlowCallbacks slowCallbacks;
    private final LongSupplier nanoTime;
    private final Log log;
    private final ThreadPoolExecutor pool;
    private int size;
    private int slow;

    CallbackThreads(SlowCallbacks slowCallbacks, int size, LongSupplier nanoTime, Log log) {
        this.slowCallbacks = slowCallbacks;
        this.size = size;
        this.nanoTime = nanoTime;
        this.log = log;
        this.pool = new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new SpinningQueue(), new DaemonThreads("nmr-callback"),
                (afterShutdown, same) -> afterShutdown.run());
        pool.prestartAllCoreThreads();
    }

    /** Takes effect very soon; surplus threads end when they are idle. */
    void resize(int size) {
        slowCallbacks.onLookingThread(() -> set(size));
    }

    private synchronized void set(int size) {
        this.size = size;
        adjust();
    }

    @Override
    public void slow() {
        int now = countSlow(1);
        log.heldCallbackThreads(now, pool.getCorePoolSize());
    }

    @Override
    public void slowReturned() {
        countSlow(-1);
    }

    private synchronized int countSlow(int more) {
        slow += more;
        adjust();
        return slow;
    }

    private void adjust() {
        int threads = Math.min(size + Math.max(0, slow), MOST_FOR_EACH * size);
        if (threads > pool.getCorePoolSize()) {
            pool.setMaximumPoolSize(threads);
            pool.setCorePoolSize(threads);
            pool.prestartAllCoreThreads();
        } else {
            pool.setCorePoolSize(threads);
            pool.setMaximumPoolSize(threads);
        }
    }

    @Override
    public void execute(EffectTask effect) {
        if (effect.kind() == EffectKind.OFFER || isForThisThread(effect)) {
            slowCallbacks.run(effect, SlowCallbacks.Listener.NONE);
        } else {
            pool.execute(() -> slowCallbacks.run(effect, this));
        }
    }

    private boolean isForThisThread(EffectTask effect) {
        Draining own = draining.get();
        return own != null && own.takes(effect, nanoTime.getAsLong());
    }

    /**
     * Runs {@code work}. Callbacks of modules of {@code bundle} stay on this thread meanwhile, if they begin within
     * {@code longest}; a second is granted in any case.
     */
    <T> T draining(BundleRef bundle, Duration longest, Supplier<T> work) {
        Draining outer = draining.get();
        Duration granted = longest.compareTo(SlowCallbacks.LIMIT) > 0 ? longest : SlowCallbacks.LIMIT;
        draining.set(new Draining(bundle, nanoTime.getAsLong(), TimeUnit.NANOSECONDS.convert(granted)));
        try {
            return work.get();
        } finally {
            draining.set(outer);
        }
    }

    /**
     * Lets running callbacks end, but does not wait long for one that blocks. A callback that comes later runs on the thread
     * that leads to it.
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
