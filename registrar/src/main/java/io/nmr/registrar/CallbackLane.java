package io.nmr.registrar;

import io.nmr.engine.Effect;

/**
 * The callbacks that one thread makes one after the other: it is listed once for all of them, and for each only says what
 * it runs and since when.
 *
 * <p><b>Threading.</b> Its monitor decides whether a callback ended before it was found to be slow, or was interrupted.
 * Its thread begins and ends callbacks; any thread looks.
 */
final class CallbackLane {

    private final Thread thread = Thread.currentThread();
    private final SlowCallbacks.Pool pool;

    /** Null between two callbacks. */
    private Effect running;

    private long since;
    private boolean interruptedBefore;
    private boolean slow;
    private boolean interrupted;

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
        interrupted = false;
        return true;
    }

    /** Whether it was slow. Its thread keeps no interrupt that was meant for it. */
    synchronized boolean end() {
        running = null;
        if (interrupted && Thread.interrupted() && interruptedBefore) {
            thread.interrupt();
        }
        return slow;
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

    /** False if this is another thread's, or what it runs began before {@code begin}. */
    synchronized boolean interrupt(Thread of, long begin) {
        if (running == null || thread != of || since - begin < 0) {
            return false;
        }
        interrupted = true;
        thread.interrupt();
        return true;
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

    @Override
    public boolean equals(Object other) {
        return this == other;
    }
}
