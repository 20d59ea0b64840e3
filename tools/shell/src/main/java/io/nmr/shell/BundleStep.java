package io.nmr.shell;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;

/** The start or stop of a bundle, on a thread of its own: who waits for it can give up, while it goes on. */
final class BundleStep {

    private final FutureTask<Void> step;

    private BundleStep(FutureTask<Void> step) {
        this.step = step;
    }

    static BundleStep start(Bundle bundle) {
        return begin("nmr-swap-start-" + bundle.getBundleId(), () -> {
            bundle.start();
            return null;
        });
    }

    static BundleStep stop(Bundle bundle) {
        return begin("nmr-swap-stop-" + bundle.getBundleId(), () -> {
            bundle.stop();
            return null;
        });
    }

    private static BundleStep begin(String name, Callable<Void> work) {
        FutureTask<Void> step = new FutureTask<>(work);
        Thread thread = new Thread(step, name);
        thread.setDaemon(true);
        thread.start();
        return new BundleStep(step);
    }

    /**
     * Waits for the end of it.
     *
     * @throws ExecutionException if it failed
     * @throws TimeoutException if it goes on
     */
    void await(Duration bound) throws InterruptedException, ExecutionException, TimeoutException {
        step.get(bound.toNanos(), TimeUnit.NANOSECONDS);
    }
}
