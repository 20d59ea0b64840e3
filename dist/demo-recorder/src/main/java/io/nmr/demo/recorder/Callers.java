package io.nmr.demo.recorder;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Threads that make one lookup after the other, with a short pause between. They make so many at most: a history has to
 * fit into memory.
 */
final class Callers {

    private static final long SEED = 6890;
    private static final long PAUSE_MILLIS = 10;
    private static final long PATIENCE_SECONDS = 30;

    private final Consumer<InetAddress> lookup;
    private final AtomicInteger left;
    private final Random random = new Random(SEED);
    private final ScheduledExecutorService threads;

    Callers(Consumer<InetAddress> lookup, int count, int most) {
        this.lookup = lookup;
        this.left = new AtomicInteger(most);
        this.threads = Executors.newScheduledThreadPool(count);
        for (int i = 0; i < count; i++) {
            threads.scheduleWithFixedDelay(this::call, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void call() {
        try {
            if (left.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0) {
                lookup.accept(address());
            }
        } catch (RuntimeException e) {
            // a provider that stopped too early: the history tells
        }
    }

    private InetAddress address() {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    /**
     * Lets each finish its call.
     *
     * @throws IllegalStateException if one does not
     */
    void stop() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("a recorded call has not returned within " + PATIENCE_SECONDS + " s");
        }
    }
}
