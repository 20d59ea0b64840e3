package io.nmr.shell;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;

/** The stop of a bundle, on a thread of its own: who waits for it can give up, while the stop goes on. */
final class Stopping {

    private final FutureTask<Void> stop;

    private Stopping(FutureTask<Void> stop) {
        this.stop = stop;
    }

    static Stopping begin(Bundle bundle) {
        FutureTask<Void> stop = new FutureTask<>(() -> {
            bundle.stop();
            return null;
        });
        Thread thread = new Thread(stop, "nmr-swap-stop-" + bundle.getBundleId());
        thread.setDaemon(true);
        thread.start();
        return new Stopping(stop);
    }

    /**
     * Waits for the end of it.
     *
     * @throws ExecutionException if stopping failed
     * @throws TimeoutException if it goes on
     */
    void await(Duration bound) throws InterruptedException, ExecutionException, TimeoutException {
        stop.get(Math.max(0, bound.toNanos()), TimeUnit.NANOSECONDS);
    }
}
