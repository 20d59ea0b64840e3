package io.nmr.itests.kit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where threads are held until the test lets them go. */
public final class Hold {

    private final String name;
    private final CountDownLatch entered;
    private final CountDownLatch released = new CountDownLatch(1);

    public Hold(String name) {
        this(name, 1);
    }

    /** Entered when this many threads are held. */
    public Hold(String name, int threads) {
        this.name = name;
        this.entered = new CountDownLatch(threads);
    }

    /** Called by whoever is to be held; an interrupt is kept for later. */
    public void pass() {
        entered.countDown();
        await(released, "release");
    }

    public void awaitEntered() {
        await(entered, "somebody");
    }

    public void release() {
        released.countDown();
    }

    private void await(CountDownLatch latch, String what) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2 * Await.SECONDS);
        boolean interrupted = false;
        try {
            while (latch.getCount() > 0) {
                try {
                    if (!latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw new AssertionError("awaited in vain: " + what + " at " + name);
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
