package io.nmr.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock that everybody holds for some hundred nanoseconds only: whoever finds it taken looks a few times whether it is
 * free before it parks. To park and to be woken takes a hundred times as long as what it waits for (ADR 18).
 *
 * <p><b>Threading.</b> As any lock; whoever looks may overtake who has parked, as with every lock that is not fair. To lock it
 * does not fail for want of memory: it is locked again where a wait ends.
 */
@SuppressWarnings("serial") // it is never written
final class BriefLock extends ReentrantLock {

    /** Each takes 10 to 40 ns; on one processor whoever has the lock could not run meanwhile. */
    private static final int LOOKS = Runtime.getRuntime().availableProcessors() == 1 ? 0 : 100;

    @Override
    public void lock() {
        for (int looks = 0; looks < LOOKS; looks++) {
            if (tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lockInTurn();
    }

    /** On Java 17 that fails where there is no memory for a place in the queue; later ones look on, as this does. */
    private void lockInTurn() {
        try {
            super.lock();
        } catch (OutOfMemoryError e) {
            while (!tryLock()) {
                Thread.yield();
            }
        }
    }
}
