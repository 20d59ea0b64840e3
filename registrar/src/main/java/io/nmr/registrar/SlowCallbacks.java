package io.nmr.registrar;

import io.nmr.engine.spi.EffectTask;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Names callbacks that take longer than a second in the log, once each, while they still run.
 *
 * <p><b>Threading.</b> Callbacks run on any thread; the thread of its {@link Watch} looks at them.
 */
final class SlowCallbacks {

    /** Is told which callbacks keep their thread for long. */
    interface Listener {

        Listener NONE = new Listener() {
            @Override
            public void slow() {}

            @Override
            public void slowReturned() {}
        };

        /** A callback has become slow; called on the looking thread. */
        void slow();

        /** A slow callback has returned; called on its own thread, perhaps before {@link #slow}. */
        void slowReturned();
    }

    static final Duration LIMIT = Duration.ofSeconds(1);

    /** A callback that runs. Its monitor decides whether it ended before it was found to be slow. */
    private static final class Running {

        private final EffectTask effect;
        private final long since;
        private final Listener listener;
        private final Thread thread = Thread.currentThread();
        private boolean slow;
        private boolean ended;

        Running(EffectTask effect, long since, Listener listener) {
            this.effect = effect;
            this.since = since;
            this.listener = listener;
        }

        /** True once, if it has been running since before {@code then}. */
        synchronized boolean becomesSlow(long then) {
            boolean becomes = !ended && !slow && since - then < 0;
            slow |= becomes;
            return becomes;
        }

        /** Whether it was slow. */
        synchronized boolean end() {
            ended = true;
            return slow;
        }
    }

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final Watch watch = new Watch("nmr-slow-callbacks", this::look);
    private final LongSupplier nanoTime;
    private final Log log;

    SlowCallbacks(Log log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /** Runs the callback on this thread. */
    void run(EffectTask effect, Listener listener) {
        Running callback = new Running(effect, nanoTime.getAsLong(), listener);
        running.add(callback);
        try {
            watch.arm();
            effect.run();
        } finally {
            running.remove(callback);
            if (callback.end()) {
                listener.slowReturned();
            }
        }
    }

    /** Runs {@code work} on the looking thread, unless that has ended. */
    void onLookingThread(Runnable work) {
        watch.run(work);
    }

    private boolean look() {
        running.forEach(this::reportIfSlow);
        return !running.isEmpty();
    }

    private void reportIfSlow(Running callback) {
        long now = nanoTime.getAsLong();
        if (callback.becomesSlow(now - LIMIT.toNanos())) {
            try {
                log.slowCallback(callback.effect, Duration.ofNanos(now - callback.since), callback.thread);
            } finally {
                callback.listener.slow(); // its other half comes when the callback returns, whatever the log did
            }
        }
    }

    void shutdown() {
        watch.shutdown();
    }
}
