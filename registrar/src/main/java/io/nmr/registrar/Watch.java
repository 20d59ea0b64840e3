package io.nmr.registrar;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Looks four times a second, and only while there is something to look at. The thread that adds the first thing arms it; it
 * disarms itself before each look, so none is missed. After a long look it rests longer: looking takes at most a twentieth of
 * a processor. It never rests for more than ten seconds.
 *
 * <p><b>Threading.</b> Any thread arms. One daemon thread looks. It is started with the registrar, because a thread inherits
 * the protection domains of the thread that starts it, and keeps their class loaders.
 */
final class Watch {

    private static final long LOOK_EVERY_MS = 250;
    private static final int REST = 20;
    private static final long LONGEST_REST_MS = 10_000;

    private final ScheduledThreadPoolExecutor clock;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final BooleanSupplier looking;

    /** {@code looking} returns whether there is anything left to look at. */
    Watch(String name, BooleanSupplier looking) {
        this.looking = looking;
        this.clock = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name));
        clock.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        clock.prestartAllCoreThreads();
    }

    void arm() {
        arm(LOOK_EVERY_MS);
    }

    private void arm(long delayMs) {
        if (!armed.get() && armed.compareAndSet(false, true)) {
            schedule(delayMs);
        }
    }

    /** Callbacks outlive the registrar, so arming it after the end is no failure. */
    private void schedule(long delayMs) {
        try {
            clock.schedule(this::look, delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            armed.set(false);
        }
    }

    /** Runs {@code work} between two looks; not after {@link #shutdown}. */
    void run(Runnable work) {
        try {
            clock.execute(work);
        } catch (RejectedExecutionException e) {
            // it has ended
        }
    }

    private void look() {
        armed.set(false);
        long begin = System.nanoTime();
        boolean more = true; // also where a look fails: the next one may not
        try {
            more = looking.getAsBoolean();
        } finally {
            if (more) {
                arm(restAfter(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
            }
        }
    }

    /** Milliseconds. */
    static long restAfter(long look) {
        return Math.max(LOOK_EVERY_MS, Math.min(LONGEST_REST_MS, REST * look));
    }

    void shutdown() {
        clock.shutdown();
    }
}
