package io.nmr.registrar;

import io.nmr.engine.Effect;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The callbacks that one thread makes one after the other: it is listed once for all of them, and for each only says what
 * it runs and since when.
 *
 * <p><b>Threading.</b> Its monitor decides whether a callback ended before it was found to be slow, or was interrupted.
 * Its thread begins and ends callbacks; any thread looks. The interrupt itself comes with the monitor released, since it
 * closes the channel in which the thread may be waiting, and that may be anybody's code; the end of the callback waits for it,
 * a second at most: one that comes later than that reaches whatever follows. To wait takes no memory.
 */
final class CallbackLane {

    /** How long a callback's end waits for one: it sets the status at once, and then may close a channel for any time. */
    private static final long LONGEST_INTERRUPT = TimeUnit.SECONDS.toNanos(1);

    /**
     * One that is decided on. Somebody else's, from before the callback, is for what follows it, unless the callback has taken
     * it by then; one that a wait inside of the callback has only put aside counts as taken.
     */
    private static final class Interrupt {

        private final boolean anotherIsPending;
        private volatile boolean made;

        Interrupt(boolean anotherIsPending) {
            this.anotherIsPending = anotherIsPending;
        }
    }

    private final Thread thread = Thread.currentThread();
    private final SlowCallbacks.Pool pool;

    /** Null between two callbacks. */
    private Effect running;

    private long since;
    private boolean interruptedBefore;
    private boolean slow;

    /** The last of the callback; null if there was none. */
    private Interrupt interrupt;

    /** Of the calling thread, which belongs to {@code pool}. */
    CallbackLane(SlowCallbacks.Pool pool) {
        this.pool = pool;
    }

    /** False, and nothing changes, if this is inside a callback of this lane; {@code now} is nanoseconds of the clock. */
    synchronized boolean tryBegin(Effect effect, long now) {
        if (running != null) {
            return false;
        }
        running = effect;
        since = now;
        interruptedBefore = thread.isInterrupted();
        slow = false;
        interrupt = null;
        return true;
    }

    /** Whether it was slow. Its thread keeps no interrupt that was meant for it, nor one that comes while it waits for that. */
    boolean end() {
        boolean wasSlow;
        Interrupt meant;
        synchronized (this) {
            running = null;
            wasSlow = slow;
            meant = interrupt;
        }
        if (meant != null) {
            forget(meant);
        }
        return wasSlow;
    }

    private void forget(Interrupt meant) {
        boolean another = Thread.interrupted() && meant.anotherIsPending;
        awaitMade(meant);
        if (another) {
            thread.interrupt();
        }
    }

    private static void awaitMade(Interrupt meant) {
        long deadline = System.nanoTime() + LONGEST_INTERRUPT;
        long left = LONGEST_INTERRUPT;
        while (!meant.made && left > 0) {
            LockSupport.parkNanos(meant, left);
            Thread.interrupted(); // else it would not park again
            left = deadline - System.nanoTime();
        }
        Thread.interrupted();
    }

    synchronized boolean isRunning() {
        return running != null;
    }

    /** What has been running since before {@code then} and is not known to be slow; null if there is no such thing. */
    synchronized Slow becomeSlow(long then) {
        if (running == null || slow || since - then >= 0) {
            return null;
        }
        Slow found = new Slow(running, since, thread, pool); // first: where there is no memory it is not known to be slow
        slow = true;
        return found;
    }

    /**
     * False, and nothing happens, if this is another thread's, or what it runs began before {@code begin}, is being
     * interrupted, or need not be: {@code due} is asked while it can neither end nor begin, under the monitor.
     */
    boolean interrupt(Thread of, long begin, BooleanSupplier due) {
        Interrupt claimed = claimInterrupt(of, begin, due);
        if (claimed == null) {
            return false;
        }
        try {
            thread.interrupt();
        } finally {
            claimed.made = true;
            LockSupport.unpark(thread);
        }
        return true;
    }

    /** Null if there is nothing to interrupt. */
    private synchronized Interrupt claimInterrupt(Thread of, long begin, BooleanSupplier due) {
        boolean mayClaim = running != null && thread == of && since - begin >= 0;
        boolean underWay = interrupt != null && !interrupt.made;
        if (!mayClaim || underWay || !due.getAsBoolean()) {
            return null;
        }
        boolean untilNow = interrupt == null ? interruptedBefore : interrupt.anotherIsPending;
        interrupt = new Interrupt(untilNow && thread.isInterrupted());
        return interrupt;
    }

    SlowCallbacks.Pool pool() {
        return pool;
    }

    /** A callback that takes long. */
    record Slow(Effect effect, long since, Thread thread, SlowCallbacks.Pool pool) {}

    /** That of its thread serves: a thread has one lane, seldom more. The own one would be asked of the virtual machine. */
    @Override
    public int hashCode() {
        return System.identityHashCode(thread);
    }
}
