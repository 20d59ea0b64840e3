package io.nmr.registrar;

import io.nmr.engine.Effect;
import io.nmr.engine.EffectExecutor;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * On which thread a module is called: offers on the registering thread; the callbacks of a bundle's own modules on the
 * thread that drains the bundle, whose monitors are re-entrant there, for as long as the drain may take; all others on a
 * bounded pool, so that one that blocks delays neither the others nor, beyond the timeout, the stop. A callback that
 * keeps its thread for more than a second is replaced by another thread while it does, up to four times the size set.
 *
 * <p><b>Threading.</b> Any thread. The monitor guards the size of the pool. The threads are daemons, and none is started
 * by whoever has something to run: it would inherit the protection domains of whichever bundle happened to stop first,
 * and keep its class loader.
 */
final class CallbackThreads implements EffectExecutor, SlowCallbacks.Pool {

    private static final int MOST_FOR_EACH = 4;
    private static final long LONGEST_FAREWELL_MS = 1_000;

    /** Nanoseconds of the clock. */
    private record Draining(BundleName bundle, long begin, long longest, CallbackLane lane) {

        /** A callback is begun on this thread only while there is time left: then it holds up nobody for ever. */
        boolean takes(Effect effect, long now) {
            return bundle.equals(effect.module().origin()) && now - begin < longest;
        }
    }

    private final ThreadLocal<Draining> draining = new ThreadLocal<>();

    /** Of the threads of the pool. */
    private final ThreadLocal<CallbackLane> lane = new ThreadLocal<>();

    private final ThreadFactory threads = new DaemonThreads("nmr-callback");
    private final SlowCallbacks slowCallbacks;
    private final LongSupplier nanoTime;
    private final Log log;
    private final ThreadPoolExecutor pool;
    private int size;
    private int held;

    CallbackThreads(SlowCallbacks slowCallbacks, int size, LongSupplier nanoTime, Log log) {
        this.slowCallbacks = slowCallbacks;
        this.size = size;
        this.nanoTime = nanoTime;
        this.log = log;
        this.pool = new ThreadPoolExecutor(
                size, size, 0, TimeUnit.SECONDS, new HandOff(), worker -> threads.newThread(() -> work(worker)),
                (afterShutdown, same) -> afterShutdown.run());
        pool.prestartAllCoreThreads();
    }

    /** Takes effect very soon, on a thread of the registrar's own; threads too many end when they have nothing to do. */
    void resize(int size) {
        slowCallbacks.run(() -> set(size));
    }

    private synchronized void set(int size) {
        this.size = size;
        adjust();
    }

    /** One of the threads is kept by a slow callback: another takes its place. */
    @Override
    public void held() {
        int now = hold(1);
        log.heldCallbackThreads(now, pool.getCorePoolSize());
    }

    @Override
    public void returned() {
        hold(-1);
    }

    private synchronized int hold(int more) {
        held += more;
        adjust();
        return held;
    }

    private void adjust() {
        int threads = Math.min(size + Math.max(0, held), MOST_FOR_EACH * size);
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
    public void execute(Effect effect) {
        if (effect.kind() == Effect.Kind.OFFER) {
            slowCallbacks.watch(effect, SlowCallbacks.Pool.NONE);
            return;
        }
        Draining own = draining.get();
        long now = own == null ? 0 : nanoTime.getAsLong();
        if (own != null && own.takes(effect, now)) {
            slowCallbacks.watch(effect, own.lane, now);
        } else {
            pool.execute(() -> perform(effect));
        }
    }

    /** What a thread of the pool does, from its begin to its end. */
    private void work(Runnable worker) {
        openLane();
        try {
            worker.run();
        } finally {
            closeLane();
        }
    }

    private void openLane() {
        try {
            lane.set(slowCallbacks.open(this));
        } catch (OutOfMemoryError e) {
            // The thread is worth more: what it calls is listed one by one.
        }
    }

    private void closeLane() {
        CallbackLane mine = lane.get();
        if (mine != null) {
            slowCallbacks.close(mine);
        }
    }

    /** Without being watched, where there was no memory for that or for the callback: what is not claimed yet is done now. */
    private void perform(Effect effect) {
        try {
            watch(effect, lane.get());
        } catch (OutOfMemoryError e) {
            effect.run();
        }
    }

    /** After the shutdown any thread comes here, without a lane. */
    private void watch(Effect effect, CallbackLane mine) {
        if (mine == null) {
            slowCallbacks.watch(effect, this);
        } else {
            slowCallbacks.watch(effect, mine);
        }
    }

    /** Runs {@code work}, within which the callbacks of modules of {@code bundle} stay on this thread. */
    <T> T draining(BundleName bundle, Supplier<T> work) {
        return draining(bundle, Duration.ofSeconds(Long.MAX_VALUE), work);
    }

    /** As the other, for callbacks that begin within {@code longest}; but a second is granted in any case. */
    <T> T draining(BundleName bundle, Duration longest, Supplier<T> work) {
        Draining outer = draining.get();
        Duration granted = longest.compareTo(SlowCallbacks.LIMIT) > 0 ? longest : SlowCallbacks.LIMIT;
        CallbackLane lane = slowCallbacks.open(SlowCallbacks.Pool.NONE);
        try {
            draining.set(new Draining(bundle, nanoTime.getAsLong(), TimeUnit.NANOSECONDS.convert(granted), lane));
            return work.get();
        } finally {
            draining.set(outer); // null, too: whoever has asked has an entry for it, and to remove and make one takes longer
            slowCallbacks.close(lane);
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
