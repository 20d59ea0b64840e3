package io.nmr.registrar;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The queue of a pool, one of whose idle threads looks out for the next task for a moment before it parks:
 * the callbacks that end a binding come shortly after one another, and to wake a thread takes longer than they do (ADR 18).
 *
 * <p><b>Threading.</b> Any thread. {@code next} goes from null to LOOKING_OUT by a thread that begins to look out, so there
 * is one at a time; from there to a task by whoever offers one; and to null by the thread that looks out, which takes a
 * task that is there with it. So a task is either handed over, once, or stands in the queue, and none is left in
 * {@code next}: whoever looks out runs.
 *
 * <p><b>Memory consistency effects.</b> What is done before a task is offered happens-before it is taken.
 */
@SuppressWarnings("serial") // it is never written
final class HandOff extends LinkedBlockingQueue<Runnable> {

    private static final int SOME = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 4_000;
    private static final Runnable LOOKING_OUT = () -> { };

    private final AtomicReference<Runnable> next = new AtomicReference<>();
    private final int looks;

    HandOff() {
        this(SOME);
    }

    /** {@code looks} is how often a thread looks before it parks, each time for 10 to 40 ns. */
    HandOff(int looks) {
        this.looks = looks;
    }

    @Override
    public boolean offer(Runnable task) {
        return handOver(task) || super.offer(task);
    }

    /** Not past what stands in the queue: with one thread, tasks are taken in their order. */
    private boolean handOver(Runnable task) {
        return next.get() == LOOKING_OUT && isEmpty() && next.compareAndSet(LOOKING_OUT, task);
    }

    @Override
    public Runnable take() throws InterruptedException {
        Runnable handedOver = isEmpty() && next.compareAndSet(null, LOOKING_OUT) ? lookOut() : null;
        return handedOver != null ? handedOver : super.take();
    }

    /** Null if nothing was handed over; something may stand in the queue. */
    private Runnable lookOut() {
        for (int i = 0; i < looks && next.get() == LOOKING_OUT && isEmpty(); i++) {
            Thread.onSpinWait();
        }
        Runnable handedOver = next.getAndSet(null);
        return handedOver == LOOKING_OUT ? null : handedOver;
    }

    /** Whether a thread looks out. */
    boolean isLookedOut() {
        return next.get() == LOOKING_OUT;
    }
}
