package io.nmr.conformance.runs;

import io.nmr.tck.Registered;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.ServiceRegistration;

/** A published module. Since {@code unregister()} waits, it has a thread of its own. */
final class PublishedModule implements Registered {

    private final FutureTask<Void> unregistering;

    PublishedModule(ServiceRegistration<?> service) {
        unregistering = new FutureTask<>(service::unregister, null);
    }

    /** Begun when the thread has come to a bounded wait: for the drain, or inside a callback that the drain makes. */
    @Override
    public void deregister() {
        Thread thread = new Thread(unregistering, "unregisters");
        thread.setDaemon(true);
        thread.start();
        while (!unregistering.isDone() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Override
    public boolean awaitComplete(Duration patience) {
        try {
            unregistering.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("unregister() failed", e);
        }
    }
}
