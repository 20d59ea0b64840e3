package io.nmr.karaf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that send lookups one after the other until told to end; every one has to be answered with 200. */
final class Load {

    private static final int CONNECTIONS = 8;

    private final List<FutureTask<Void>> tasks = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private volatile boolean enough;

    Load(Gateway gateway) {
        for (int i = 0; i < CONNECTIONS; i++) {
            FutureTask<Void> task = new FutureTask<>(sending(gateway));
            tasks.add(task);
            Thread thread = new Thread(task, "load-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Callable<Void> sending(Gateway gateway) {
        return () -> {
            while (!enough) {
                gateway.lookup();
                answered.incrementAndGet();
            }
            return null;
        };
    }

    /** Returns when every connection has had its answer on average. */
    void awaitAnswers() {
        int before = answered.get();
        Await.until("answers to the load", () -> anyEnded() || answered.get() >= before + CONNECTIONS);
    }

    private boolean anyEnded() {
        return tasks.stream().anyMatch(FutureTask::isDone);
    }

    /** Ends the load; fails with the first request that did. */
    void end() throws InterruptedException, TimeoutException {
        enough = true;
        for (FutureTask<Void> task : tasks) {
            try {
                task.get(Await.SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("a request failed: " + e.getCause(), e.getCause());
            }
        }
    }
}
