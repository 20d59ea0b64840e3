package io.nmr.registrar;

import io.nmr.engine.spi.Spin;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The queue of the callback threads. One idle thread at a time spins for the next task before it parks, because the callbacks
 * that end a binding follow one another within microseconds. It pays where many bundles publish (ADR 20).
 *
 * <p><b>Threading.</b> Any thread. {@code handedOver} goes from null to SPINNING by a thread that begins to spin, so one
 * spins at a time; from there to a task by a thread that offers one; and to null by the spinning thread, which takes the
 * task with it. So a task is either handed over, once, or stands in the queue.
 *
 * <p><b>Memory consistency effects.</b> An offer happens-before the return of the take that gets the task.
 */
@SuppressWarnings("serial") // it is never written
final class SpinningQueue extends LinkedBlockingQueue<Runnable> {

    private static final Runnable SPINNING = () -> { };

    private final AtomicReference<Runnable> handedOver = new AtomicReference<>();
    private final Predicate<BooleanSupplier> spin;

    SpinningQueue() {
        this(Spin::until);
    }

    /** {@code spin} returns when its condition is true, or some time before. */
    SpinningQueue(Predicate<BooleanSupplier> spin) {
        this.spin = spin;
    }

    @Override
    public boolean offer(Runnable task) {
        return tryHandOver(task) || super.offer(task);
    }

    /** Not past a task in the queue: one thread alone takes tasks in their order. */
    private boolean tryHandOver(Runnable task) {
        return handedOver.get() == SPINNING && isEmpty() && handedOver.compareAndSet(SPINNING, task);
    }

    @Override
    public Runnable take() throws InterruptedException {
        Runnable task = isEmpty() && handedOver.compareAndSet(null, SPINNING) ? spin() : null;
        return task != null ? task : super.take();
    }

    /** Null if nothing was handed over; a task may stand in the queue. */
    private Runnable spin() {
        spin.test(() -> handedOver.get() != SPINNING || !isEmpty());
        Runnable task = handedOver.getAndSet(null);
        return task == SPINNING ? null : task;
    }

    /** Whether a thread spins. */
    boolean isSpinning() {
        return handedOver.get() == SPINNING;
    }
}
