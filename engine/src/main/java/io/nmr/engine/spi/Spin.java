package io.nmr.engine.spi;

import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;

/**
 * Spins for a moment before a thread parks. The callbacks that end a binding follow one another within microseconds, and
 * to park a thread and wake it takes fifty or more. This is the only place that spins.
 *
 * <p>On one processor it does not spin: the thread that it waits for could not run.
 */
public final class Spin {

    private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

    /** Each takes 10 to 40 ns, so about as long as parking and waking. */
    private static final int SPINS = ALONE ? 0 : 4_000;

    /** A lock of the engine is held for some hundred nanoseconds. */
    private static final int SPINS_FOR_LOCK = ALONE ? 0 : 100;

    private Spin() {}

    /**
     * Spins until a condition is true, for 40 to 150 microseconds at most.
     *
     * @param condition is asked again and again; it must not block
     * @return whether it became true
     */
    public static boolean until(BooleanSupplier condition) {
        for (int i = 0; i < SPINS; i++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
        }
        return condition.getAsBoolean();
    }

    /**
     * Takes a lock that is held for short moments only.
     *
     * @param lock the lock
     */
    public static void lock(Lock lock) {
        for (int i = 0; i < SPINS_FOR_LOCK; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }
}
