package io.nmr.registrar;

import io.nmr.engine.Effect;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Names callbacks that take longer than a second in the log, once each, while they still run.
 *
 * <p><b>Threading.</b> Any thread is watched. One thread of its own looks, and only while there is something to look at:
 * whoever adds the first callback arms it, and it disarms itself before its last look, so none is missed.
 */
final class SlowCallbacks {

    static final Duration LIMIT = Duration.ofSeconds(1);
    private static final long LOOK_EVERY_MS = 250;

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean armed = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor clock;
    private final LongSupplier nanoTime;
    private final Log log;

    SlowCallbacks(Log log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        // Callbacks outlive the registrar: to be told to look after its stop is no failure.
        this.clock = new ScheduledThreadPoolExecutor(
                1, new DaemonThreads("nmr-slow-callbacks"), new ThreadPoolExecutor.DiscardPolicy());
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        clock.prestartAllCoreThreads();
    }

    void watch(Effect effect) {
        Running mine = new Running(effect, Thread.currentThread(), nanoTime.getAsLong());
        running.add(mine);
        arm();
        try {
            effect.run();
        } finally {
            running.remove(mine);
        }
    }

    private void arm() {
        if (!armed.get() && armed.compareAndSet(false, true)) {
            clock.schedule(this::look, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        armed.set(false);
        running.forEach(this::reportIfSlow);
        if (!running.isEmpty()) {
            arm();
        }
    }

    private void reportIfSlow(Running callback) {
        Duration age = Duration.ofNanos(nanoTime.getAsLong() - callback.since);
        if (age.compareTo(LIMIT) > 0 && !callback.reported) {
            callback.reported = true;
            log.slowCallback(callback.effect, age, callback.thread);
        }
    }

    void shutdown() {
        clock.shutdown();
    }

    private static final class Running {

        private final Effect effect;
        private final Thread thread;
        private final long since;

        /** Only the looking thread touches it. */
        private boolean reported;

        Running(Effect effect, Thread thread, long since) {
            this.effect = effect;
            this.thread = thread;
            this.since = since;
        }
    }
}
