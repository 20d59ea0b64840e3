package io.nmr.benchmarks.osgi;

import java.util.function.BooleanSupplier;
import org.osgi.framework.BundleException;

/** A stop on a thread of its own. Whoever waits for it spins, so that no waking up is measured but the stop's own. */
final class BackgroundStop implements Runnable {

    /** What stops. */
    interface Stop {
        void run() throws BundleException;
    }

    private final Stop stop;
    private final Thread thread;
    private volatile boolean returned;

    private BackgroundStop(Stop stop) {
        this.stop = stop;
        this.thread = new Thread(this, "stop");
    }

    static BackgroundStop of(Stop stop) {
        BackgroundStop background = new BackgroundStop(stop);
        background.thread.start();
        return background;
    }

    @Override
    public void run() {
        try {
            stop.run();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        } finally {
            returned = true;
        }
    }

    /** Returns when its thread waits with nothing left to do, {@code draining} being true. */
    void awaitWaiting(BooleanSupplier draining) {
        while (!draining.getAsBoolean() || thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    void awaitReturn() {
        while (!returned) {
            Thread.onSpinWait();
        }
    }
}
