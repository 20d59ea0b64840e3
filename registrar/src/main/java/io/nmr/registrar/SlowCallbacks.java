package io.nmr.registrar;

import io.nmr.engine.Effect;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Names callbacks that take longer than a second in the log, once each, while they still run.
 *
 * <p><b>Threading.</b> Any thread is watched; its {@link Watch} looks.
 */
final class SlowCallbacks {

    /** Is told, of the callbacks on the threads of a pool, which of them keep their thread for long. */
    interface Pool {

        Pool NONE = new Pool() {
            @Override
            public void held() {}

            @Override
            public void returned() {}
        };

        /** A callback turns out to be slow; on the looking thread. */
        void held();

        /** It has returned; on its own thread, and perhaps before {@link #held} comes. */
        void returned();
    }

    static final Duration LIMIT = Duration.ofSeconds(1);

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Watch watch = new Watch("nmr-slow-callbacks", this::look);
    private final LongSupplier nanoTime;
    private final Log log;

    SlowCallbacks(Log log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Runs the callback on this thread, which belongs to {@code pool}. */
    void watch(Effect effect, Pool pool) {
        Running mine = new Running(effect, Thread.currentThread(), nanoTime.getAsLong(), pool);
        running.add(mine);
        watch.arm();
        try {
            effect.run();
        } finally {
            running.remove(mine);
            if (mine.end()) {
                pool.returned();
            }
        }
    }

    /**
     * Interrupts the callbacks that {@code thread} has begun since {@code begin}, nanoseconds of the clock; an interrupt
     * that comes from here ends with the callback. False if there is none.
     */
    boolean interrupt(Thread thread, long begin) {
        return running.stream()
                .filter(callback -> callback.thread == thread && callback.since - begin >= 0)
                .filter(Running::interrupt)
                .count() > 0;
    }

    /** Runs {@code work} on the looking thread, unless that has ended. */
    void run(Runnable work) {
        watch.run(work);
    }

    private boolean look() {
        running.forEach(this::reportIfSlow);
        return !running.isEmpty();
    }

    private void reportIfSlow(Running callback) {
        Duration age = Duration.ofNanos(nanoTime.getAsLong() - callback.since);
        if (age.compareTo(LIMIT) > 0 && callback.becomeSlow()) {
            log.slowCallback(callback.effect, age, callback.thread);
            callback.pool.held();
        }
    }

    void shutdown() {
        watch.shutdown();
    }

    /** Its monitor decides whether it ended before it was found to be slow, or was interrupted. */
    private static final class Running {

        private final Effect effect;
        private final Thread thread;
        private final long since;
        private final Pool pool;
        private final boolean interruptedBefore = Thread.currentThread().isInterrupted();
        private boolean slow;
        private boolean interrupted;
        private boolean ended;

        Running(Effect effect, Thread thread, long since, Pool pool) {
            this.effect = effect;
            this.thread = thread;
            this.since = since;
            this.pool = pool;
        }

        /** False if it is known to be slow, or has returned. */
        synchronized boolean becomeSlow() {
            if (slow || ended) {
                return false;
            }
            slow = true;
            return true;
        }

        synchronized boolean interrupt() {
            if (!ended) {
                interrupted = true;
                thread.interrupt();
            }
            return !ended;
        }

        /** When it began is spread well enough; the identity's would be asked of the virtual machine, each time. */
        @Override
        public int hashCode() {
            return Long.hashCode(since);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        /** Whether it was slow. Its thread keeps no interrupt that was meant for it. */
        synchronized boolean end() {
            ended = true;
            if (interrupted && Thread.interrupted() && interruptedBefore) {
                thread.interrupt();
            }
            return slow;
        }
    }
}
