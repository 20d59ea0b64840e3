package io.nmr.registrar;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.engine.spi.EngineEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands each event to each listener's queue. While there is no listener no event is made.
 *
 * <p><b>Threading.</b> Any thread; none waits for a listener. A monitor guards the listeners; under it the monitor of a queue
 * is taken, and nothing foreign is called.
 */
final class RuntimeEvents {

    private final EngineEvents engineEvents = new EngineEvents(this::tell);
    private final ListenerThreads threads = new ListenerThreads();
    private final Log log;

    /** Its monitor guards it. */
    private final Map<Object, ListenerQueue> listeners = new HashMap<>();

    RuntimeEvents(Log log) {
        this.log = log;
    }

    /** The events of the engine: it numbers and counts them, and tells them here. */
    EngineEvents ofEngine() {
        return engineEvents;
    }

    /** From now on {@code listener} is told. {@code key} removes it; {@code name} is for the log. */
    void add(Object key, String name, RegistrarListener listener) {
        synchronized (listeners) {
            listeners.put(key, new ListenerQueue(name, listener, threads::begin, log));
            engineEvents.setEnabled(true);
        }
    }

    void remove(Object key) {
        synchronized (listeners) {
            ListenerQueue removed = listeners.remove(key);
            if (removed != null) {
                removed.close();
            }
            engineEvents.setEnabled(!listeners.isEmpty());
        }
    }

    /** Publishes that a drain began or ended, after the events that the engine enqueued before. */
    void drain(OfDrain.Kind kind, Drain drain, Duration took, int overdue) {
        if (engineEvents.count(kind)) {
            Instant time = Instant.now();
            engineEvents.enqueue(number -> new OfDrain(
                    number, time, kind, drain.number(), drain.what().toString(), took, drain.timeouts().size(), overdue));
            engineEvents.dispatch();
        }
    }

    private void tell(RegistrarEvent event) {
        synchronized (listeners) {
            listeners.values().forEach(queue -> queue.add(event));
        }
    }

    /** Events that are enqueued are still told, as far as listeners take them in time; none after that. */
    void shutdown() {
        threads.shutdown();
    }
}
