package io.nmr.karaf;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a bound: Karaf looks at its folders once a second, and hosts are slow at times. */
final class Await {

    static final long SECONDS = 60;

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        until(what, condition, () -> "");
    }

    /** {@code report} is shown as it is when the time has passed. */
    static void until(String what, BooleanSupplier condition, Supplier<?> report) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("awaited in vain for " + SECONDS + " s: " + what + "\n" + report.get());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
