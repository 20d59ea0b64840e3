package io.nmr.registrar;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Looks at something four times a second, and only while there is something to look at: the thread that adds the first
 * thing arms it, and it disarms itself before its last look, so none is missed. A look that takes long makes the next one wait
 * longer, so that looking never takes more than a twentieth of a processor; but no more than ten seconds, for then it was
 * not looking that took it.
 *
 * <p><b>Threading.</b> Any thread arms. The looks run on one daemon thread, started with the registrar: started later, it
 * would inherit the protection domains of whichever bundle happened to arm it, and keep its class loader.
 */
final class Watch {

    private static final long LOOK_EVERY_MS = 250;
    private static final int REST = 20;
    private static final long LONGEST_REST_MS = 10_000;

    private final ScheduledThreadPoolExecutor clock;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final BooleanSupplier looking;

    /** {@code looking} answers whether there is anything left to look at. */
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

    /** What is watched outlives the registrar: to be told to look after its stop is no failure. */
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
            // Nothing is looked at any more.
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
