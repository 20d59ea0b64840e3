package io.nmr.registrar;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for listeners: as many as have something to be told, so that each delays itself alone. They end soon after.
 *
 * <p><b>Threading.</b> Any thread. One thread, started with the registrar, starts the others: started by whoever has
 * something to tell, they would inherit the protection domains of the bundles on its stack, and keep their class loaders.
 */
final class ListenerThreads {

    private static final long LONGEST_FAREWELL_MS = 1_000;

    private final ThreadPoolExecutor starter;
    private final ThreadPoolExecutor tellers;

    ListenerThreads() {
        starter = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreads("nmr-events"),
                new ThreadPoolExecutor.DiscardPolicy());
        starter.prestartAllCoreThreads();
        tellers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), new DaemonThreads("nmr-listener"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Has a queue told, on a thread of its own; where no thread can be had, the queue learns that. */
    void begin(ListenerQueue queue) {
        try {
            starter.execute(() -> beginHere(queue));
        } catch (OutOfMemoryError e) {
            queue.notBegun();
        }
    }

    private void beginHere(ListenerQueue queue) {
        try {
            tellers.execute(queue);
        } catch (OutOfMemoryError e) { // so it is said, too, that there is no thread to be had
            queue.notBegun();
        }
    }

    /** What is lined up is still told, as far as listeners take it within a second. */
    void shutdown() {
        try {
            starter.shutdown();
            starter.awaitTermination(LONGEST_FAREWELL_MS, TimeUnit.MILLISECONDS);
            tellers.shutdown();
            tellers.awaitTermination(LONGEST_FAREWELL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            tellers.shutdown();
            Thread.currentThread().interrupt();
        }
    }
}
