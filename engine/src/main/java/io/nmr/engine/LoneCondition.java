package io.nmr.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A condition on which one thread alone waits, the one that made it. Before it parks it looks out for a moment: what it
 * waits for often takes less time than to be woken by it (ADR 18).
 *
 * <p>Not one of the lock's own, which keeps a queue: on Java 17 a thread that is signalled when there is no memory for
 * the queue waits on past its deadline. To wait and to signal take none here.
 *
 * <p><b>States.</b>
 *
 * <pre>
 *   BUSY         → LOOKING_OUT  await, under the lock, which it then lets go of
 *   LOOKING_OUT  → PARKED       await, without the lock, by compare-and-set
 *   any          → BUSY         signal, under the lock; await, once it has the lock again
 * </pre>
 *
 * <p><b>Nothing is lost.</b> What is waited for changes under the lock, and is signalled there. If that is before the waiter
 * takes the lock, the waiter sees the change and does not wait. If it is after the waiter has let go of it, the signal
 * finds LOOKING_OUT, and the waiter sees that it is no more, or cannot set PARKED; or it finds PARKED, and the thread gets
 * its permit, parked or about to be.
 *
 * <p><b>Threading.</b> {@code await} by its thread, {@code signal} by any, both under the lock, held once. A wait may end
 * for no reason.
 */
final class LoneCondition {

    private enum State {
        BUSY,
        LOOKING_OUT,
        PARKED
    }

    /** As long as it takes to park a thread and to wake it: 50 to 150 microseconds. */
    private static final int LOOKS = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 4_000;

    private final ReentrantLock lock;
    private final int looks;
    private final Thread thread = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.BUSY);

    /** Of {@code thread} alone. */
    private boolean wasInterrupted;

    LoneCondition(ReentrantLock lock) {
        this(lock, LOOKS);
    }

    LoneCondition(ReentrantLock lock, int looks) {
        this.lock = lock;
        this.looks = looks;
    }

    /** Lets go of the lock until it is signalled, interrupted, or so many nanoseconds have passed since it looked out. */
    void await(long nanos) {
        state.set(State.LOOKING_OUT);
        lock.unlock();
        try {
            if (!lookOut() && state.compareAndSet(State.LOOKING_OUT, State.PARKED)) {
                LockSupport.parkNanos(this, nanos);
                wasInterrupted |= Thread.interrupted();
            }
        } finally {
            lock.lock();
            state.set(State.BUSY);
        }
    }

    /** Whether it was signalled meanwhile. */
    private boolean lookOut() {
        int left = looks;
        while (left > 0 && state.get() == State.LOOKING_OUT) {
            Thread.onSpinWait();
            left--;
        }
        return state.get() != State.LOOKING_OUT;
    }

    void signal() {
        if (state.get() != State.BUSY && state.getAndSet(State.BUSY) == State.PARKED) {
            LockSupport.unpark(thread);
        }
    }

    /** Interrupts its thread if that was interrupted in a wait, which goes on all the same. */
    void restoreInterrupt() {
        if (wasInterrupted) {
            wasInterrupted = false;
            thread.interrupt();
        }
    }
}
