package io.nmr.registrar;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for listeners: one for each listener that has events waiting, so a slow listener delays only itself. A thread ends
 * soon after its queue is empty.
 *
 * <p><b>Threading.</b> Any thread. One thread, started with the registrar, starts the others: a thread inherits the
 * protection domains of the thread that starts it, and keeps their class loaders.
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

    /** Empties a queue on a thread of its own. */
    void begin(ListenerQueue queue) {
        starter.execute(() -> tellers.execute(queue));
    }

    /** Events that are enqueued are still told, as far as listeners take them within a second. */
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
