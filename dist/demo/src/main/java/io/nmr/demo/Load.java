package io.nmr.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The callers: as many threads as connections, each sending one request after the other on its own connection. */
final class Load implements AutoCloseable {
    private static final long SEED = 6890;

    private final InetSocketAddress gateway;
    private final Duration timeout;
    private final Tally tally = new Tally();
    private final ExecutorService threads;
    private final List<Future<?>> callers = new ArrayList<>();
    private volatile boolean stopping;

    Load(InetSocketAddress gateway, int connections, Duration timeout) {
        this.gateway = gateway;
        this.timeout = timeout;
        threads = Executors.newFixedThreadPool(connections);
        for (int i = 0; i < connections; i++) {
            Addresses addresses = new Addresses(SEED + i);
            callers.add(threads.submit(() -> call(addresses)));
        }
    }

    Tally tally() {
        return tally;
    }

    /** Waits until that many requests that began after this call have finished, and tells whether they did in time. */
    boolean awaitFurther(int requests) throws InterruptedException {
        return tally.awaitFurther((long) requests + callers.size(), timeout.multipliedBy(2));
    }

    private Void call(Addresses addresses) throws IOException {
        try (Connection connection = new Connection(gateway, timeout)) {
            while (!stopping) {
                request(connection, "/lookup?address=" + addresses.next());
            }
        }
        return null;
    }

    private void request(Connection connection, String target) {
        long start = System.nanoTime();
        try {
            Answer answer = connection.get(target);
            tally.answered(answer, microsSince(start));
        } catch (IOException e) {
            tally.failed(e, microsSince(start));
        }
    }

    private static long microsSince(long start) {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    }

    /** Lets every caller finish its request and returns what went wrong with the callers themselves. */
    List<String> stop() throws InterruptedException {
        stopping = true;
        Deadline deadline = Deadline.in(timeout.plusSeconds(1));
        List<String> problems = new ArrayList<>();
        for (Future<?> caller : callers) {
            try {
                caller.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                problems.add("a caller ended early: " + e.getCause());
            } catch (TimeoutException e) {
                problems.add("a caller did not end");
            }
        }
        return problems;
    }

    /** Returns when the callers have ended, or would have by their requests' timeout. */
    @Override
    public void close() {
        stopping = true;
        threads.shutdown();
        try {
            threads.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
