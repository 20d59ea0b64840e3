package io.nmr.itests.kit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a bound. */
public final class Await {

    /** A guard against hanging, far above what a busy machine takes; and below the detach timeout of most tests, 60 s. */
    public static final long SECONDS = 50;

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        until(what, condition, "");
    }

    /** {@code report} is shown as it is when the time has passed. */
    public static void until(String what, BooleanSupplier condition, Object report) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("awaited in vain for " + SECONDS + " s: " + what + "\n" + report);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
