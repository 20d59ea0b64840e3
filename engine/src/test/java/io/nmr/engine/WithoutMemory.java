package io.nmr.engine;

/**
 * A program that takes all memory there is and then a lock that another thread has; ends with 0 if it gets it. In a
 * virtual machine of its own, with a small heap.
 */
final class WithoutMemory {

    /** As small as an object can be: once there is no room for one more, there is none for anything. */
    private record Link(Link next) {}

    private static final int NOT_HAD = 1;

    private static final BriefLock LOCK = new BriefLock();
    private static volatile boolean isHeld;
    private static volatile boolean isFull;
    private static Link kept;

    private WithoutMemory() {}

    /** @param arguments none */
    public static void main(String[] arguments) {
        Thread other = new Thread(WithoutMemory::hold);
        other.start();
        while (!isHeld) {
            Thread.onSpinWait();
        }
        while (takesMore()) { }
        isFull = true;
        Runtime.getRuntime().halt(isHad() ? 0 : NOT_HAD);
    }

    private static boolean isHad() {
        try {
            LOCK.lock();
            return LOCK.isHeldByCurrentThread();
        } catch (OutOfMemoryError e) {
            return false;
        } finally {
            kept = null; // to end takes memory
        }
    }

    /** Until the first thread has come to wait in turn, or has looked for so long that it never will. */
    private static void hold() {
        LOCK.lock();
        isHeld = true;
        while (!isFull) {
            Thread.onSpinWait();
        }
        for (int looks = 0; looks < 10_000_000 && !LOCK.hasQueuedThreads(); looks++) {
            Thread.onSpinWait();
        }
        LOCK.unlock();
    }

    /** A collector may find some more when it is asked again. */
    private static boolean takesMore() {
        Link before = kept;
        try {
            while (true) {
                kept = new Link(kept);
            }
        } catch (OutOfMemoryError e) {
            return kept != before;
        }
    }
}
