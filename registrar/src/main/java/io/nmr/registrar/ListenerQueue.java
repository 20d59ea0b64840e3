package io.nmr.registrar;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One listener and the events for it: a bounded queue, in order, which one thread at a time empties.
 *
 * <p><b>Threading.</b> Any thread adds and closes. Its monitor guards the queue and nothing else; the listener and the
 * log are called without it.
 */
final class ListenerQueue implements Runnable {

    static final int CAPACITY = 1024;

    private final String name;
    private final RegistrarListener listener;
    private final Consumer<ListenerQueue> threads;
    private final Log log;

    private final Queue<RegistrarEvent> waiting = new ArrayDeque<>();
    private boolean isDispatching;
    private boolean closed;
    private long dropped;

    /** The dispatching thread's own. */
    private long failures;

    ListenerQueue(String name, RegistrarListener listener, Consumer<ListenerQueue> threads, Log log) {
        this.name = name;
        this.listener = listener;
        this.threads = threads;
        this.log = log;
    }

    /** Never waits: an event for which there is no room is dropped. */
    void add(RegistrarEvent event) {
        if (startsDispatch(event)) {
            threads.accept(this);
        }
    }

    private synchronized boolean startsDispatch(RegistrarEvent event) {
        if (closed) {
            return false;
        }
        if (waiting.size() == CAPACITY) {
            dropped++;
            return false;
        }
        waiting.add(event);
        boolean begins = !isDispatching;
        isDispatching = true;
        return begins;
    }

    @Override
    public void run() {
        for (RegistrarEvent event = next(); event != null; event = next()) {
            reportDropped();
            tell(event);
        }
    }

    private synchronized RegistrarEvent next() {
        RegistrarEvent event = waiting.poll();
        isDispatching = event != null;
        return event;
    }

    private void reportDropped() {
        long missed = takeDropped();
        if (missed > 0) {
            say(() -> log.listenerBehind(name, missed));
        }
    }

    private synchronized long takeDropped() {
        long taken = dropped;
        dropped = 0;
        return taken;
    }

    private void tell(RegistrarEvent event) {
        try {
            listener.event(event);
        } catch (Throwable t) {
            failures++;
            if (Long.bitCount(failures) == 1) {
                say(() -> log.listenerFailed(name, failures, event, t));
            }
        }
    }

    /** A log is foreign code too: its failure must not keep the next event from the listener. */
    private static void say(Runnable record) {
        try {
            record.run();
        } catch (Throwable t) {
            // no log is left
        }
    }

    /** No event follows but the one that is being told. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }
}
