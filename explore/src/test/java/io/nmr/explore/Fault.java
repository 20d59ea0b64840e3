package io.nmr.explore;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An allocation that fails. Mutants of the engine call it where the product allocates; the product knows nothing of it.
 *
 * <p><b>Threading.</b> One test uses it at a time.
 */
public final class Fault {

    private static final AtomicInteger REMAINING = new AtomicInteger(-1);

    private Fault() {}

    /** The allocation after so many others fails, and no other. */
    static void after(int allocations) {
        REMAINING.set(allocations);
    }

    static boolean hasHappened() {
        return REMAINING.get() < 0;
    }

    /** Named in the sources of mutants. */
    public static void allocation() {
        if (REMAINING.get() >= 0 && REMAINING.getAndDecrement() == 0) {
            throw new OutOfMemoryError("on purpose");
        }
    }
}
