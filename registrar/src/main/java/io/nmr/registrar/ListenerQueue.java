package io.nmr.registrar;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One listener and what it has still to be told: bounded, in order, by one thread at a time.
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
    private boolean telling;
    private boolean closed;
    private long leftOut;

    /** Only the telling thread touches it, one after the other. */
    private long failures;

    ListenerQueue(String name, RegistrarListener listener, Consumer<ListenerQueue> threads, Log log) {
        this.name = name;
        this.listener = listener;
        this.threads = threads;
        this.log = log;
    }

    /** Never waits: an event for which there is no room is left out. */
    void add(RegistrarEvent event) {
        if (isToBegin(event)) {
            threads.accept(this);
        }
    }

    private synchronized boolean isToBegin(RegistrarEvent event) {
        if (closed) {
            return false;
        }
        if (waiting.size() == CAPACITY) {
            leftOut++;
            return false;
        }
        waiting.add(event);
        boolean begins = !telling;
        telling = true;
        return begins;
    }

    @Override
    public void run() {
        for (RegistrarEvent event = next(); event != null; event = next()) {
            sayWhatWasLeftOut();
            tell(event);
        }
    }

    private synchronized RegistrarEvent next() {
        RegistrarEvent event = waiting.poll();
        telling = event != null;
        return event;
    }

    private void sayWhatWasLeftOut() {
        long missed = takeLeftOut();
        if (missed > 0) {
            say(() -> log.listenerBehind(name, missed));
        }
    }

    private synchronized long takeLeftOut() {
        long taken = leftOut;
        leftOut = 0;
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

    /** What was thrown is foreign, and so may be the log: neither is to keep the next event from being told. */
    private static void say(Runnable record) {
        try {
            record.run();
        } catch (Throwable t) {
            // no log is left
        }
    }

    /** Nothing more is told but what is being told already. */
    synchronized void close() {
        closed = true;
        waiting.clear();
    }
}
