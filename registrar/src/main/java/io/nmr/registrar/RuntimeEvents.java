package io.nmr.registrar;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.engine.EngineEvent;
import io.nmr.engine.EngineEvents;
import io.nmr.engine.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * Numbers what happens, and hands it to each listener's queue. While there is no listener nothing is made of it.
 *
 * <p><b>Threading.</b> Any thread; none ever waits for a listener. A monitor guards the numbers and the listeners, so that
 * all of them get what happens in the order of its numbers; under it a queue's monitor is taken, and a queue's
 * telling is handed to the listener threads; nothing foreign is called.
 */
final class RuntimeEvents {

    /** Makes an event of what happened, once it has its number. */
    private interface Numbering<E> {
        RegistrarEvent number(long number, E what);
    }

    private static final Numbering<LongFunction<RegistrarEvent>> AS_IT_SAYS = (number, what) -> what.apply(number);

    private final EngineEvents engineEvents = new EngineEvents(this::happened);

    /** Made before any: to number an event takes no memory but its own. */
    private final Numbering<EngineEvent> numbering = this::numbered;

    private final WallClock clock;
    private final ListenerThreads threads;
    private final Log log;

    /** Its monitor guards it and the numbers. */
    private final Map<Object, ListenerQueue> listeners = new HashMap<>();

    private long numbered;

    RuntimeEvents(WallClock clock, Log log) {
        this.clock = clock;
        this.threads = new ListenerThreads();
        this.log = log;
    }

    /** For the engine: counts what happens there, and tells it here. */
    EngineEvents ofEngine() {
        return engineEvents;
    }

    /** From here on {@code listener} is told. {@code key} takes it away again; {@code name} is for the log. */
    void add(Object key, String name, RegistrarListener listener) {
        synchronized (listeners) {
            listeners.put(key, new ListenerQueue(name, listener, threads::begin, log));
            engineEvents.tell(true);
        }
    }

    void remove(Object key) {
        synchronized (listeners) {
            ListenerQueue removed = listeners.remove(key);
            if (removed != null) {
                removed.close();
            }
            engineEvents.tell(!listeners.isEmpty());
        }
    }

    /** Told what is lined up, nobody is told anything more. */
    void shutdown() {
        threads.shutdown();
    }

    private void happened(EngineEvent event) {
        tell(event, numbering);
    }

    private RegistrarEvent numbered(long number, EngineEvent event) {
        Instant time = clock.at(event.nanoTime());
        if (event instanceof EngineEvent.OfModule of) {
            return new RegistrarEvent.OfModule(
                    number,
                    time,
                    RegistrarEvent.OfModule.Kind.valueOf(of.kind().name()),
                    Snapshots.ref(of.module()));
        }
        EngineEvent.OfBinding of = (EngineEvent.OfBinding) event;
        return new RegistrarEvent.OfBinding(
                number,
                time,
                RegistrarEvent.OfBinding.Kind.valueOf(of.kind().name()),
                of.binding(),
                Snapshots.ref(of.client()),
                Snapshots.ref(of.provider()),
                Duration.ofNanos(of.leavingNanos()));
    }

    void happened(Incident incident) {
        try {
            if (engineEvents.isToBeTold()) {
                Instant time = clock.now();
                inTurn(number -> new RegistrarEvent.OfIncident(
                        number,
                        time,
                        RegistrarEvent.OfIncident.Kind.valueOf(incident.kind().name()),
                        incident.rule(),
                        incident.module() == null ? null : Snapshots.ref(incident.module()),
                        incident.message()));
            }
        } catch (OutOfMemoryError e) {
            leaveOut();
        }
    }

    /** {@code what} is asked for its name when somebody is told: it must not change. */
    void happened(RegistrarEvent.OfDrain.Kind kind, long drain, Object what, Duration took, int modules, int overdue) {
        try {
            if (engineEvents.isToBeTold()) {
                Instant time = clock.now();
                inTurn(number -> new RegistrarEvent.OfDrain(
                        number, time, kind, drain, what.toString(), took, modules, overdue));
            }
        } catch (OutOfMemoryError e) {
            leaveOut(); // a drain does not depend on it
        }
    }

    /** There was no memory for an event: the next number shows that it is missing. */
    void leaveOut() {
        engineEvents.leaveOut();
    }

    /** After what the engine committed before: the end of a drain comes after those of its bindings. */
    private void inTurn(LongFunction<RegistrarEvent> event) {
        engineEvents.inTurn(() -> tell(event, AS_IT_SAYS));
    }

    private <E> void tell(E what, Numbering<? super E> numbering) {
        synchronized (listeners) {
            numbered++;
            if (!listeners.isEmpty()) {
                RegistrarEvent told = numbering.number(numbered + engineEvents.untold(), what);
                listeners.values().forEach(queue -> queue.add(told));
            }
        }
    }
}
