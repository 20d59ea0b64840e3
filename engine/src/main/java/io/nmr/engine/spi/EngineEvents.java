package io.nmr.engine.spi;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfDrain;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.RegistrarEvent.OfModule;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Counts what happens, and tells a listener of it in the order in which it was committed.
 *
 * <p><b>Threading.</b> Any thread. An event is enqueued under the lock of its NPI and dispatched with no lock held. One
 * thread at a time dispatches: it also tells what others enqueue meanwhile. The listener must not block, since the thread
 * that dispatches may be one that drains.
 *
 * <p><b>Memory consistency effects.</b> Each call of the listener happens-before the next.
 *
 * <p><b>Errors.</b> An exception of the listener is contained and goes to the platform's log.
 */
public final class EngineEvents {

    private final Consumer<? super RegistrarEvent> listener;
    private final LongAdder[] ofModules = counters(OfModule.Kind.values());
    private final LongAdder[] ofBindings = counters(OfBinding.Kind.values());
    private final LongAdder[] ofDrains = counters(OfDrain.Kind.values());
    private final LongAdder[] ofIncidents = counters(OfIncident.Kind.values());
    private final Queue<LongFunction<? extends RegistrarEvent>> queue = new ConcurrentLinkedQueue<>();

    /** Requests to dispatch since the queue was last found empty; not 0 while a thread dispatches. */
    private final AtomicInteger requests = new AtomicInteger();

    private final AtomicLong enqueued = new AtomicLong();

    /** Events that were counted and not enqueued, for there was no listener; they use up numbers too. */
    private volatile long skipped;

    private volatile boolean enabled;

    /** The dispatching thread's own. */
    private long dispatched;

    /**
     * Events for one engine. They are counted from the start, and told from {@link #setEnabled} on.
     *
     * @param listener is told of them
     */
    public EngineEvents(Consumer<? super RegistrarEvent> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    private static LongAdder[] counters(Enum<?>[] kinds) {
        return Stream.of(kinds).map(kind -> new LongAdder()).toArray(LongAdder[]::new);
    }

    private LongAdder counter(Enum<?> kind) {
        if (kind instanceof OfBinding.Kind) {
            return ofBindings[kind.ordinal()];
        }
        if (kind instanceof OfModule.Kind) {
            return ofModules[kind.ordinal()];
        }
        return (kind instanceof OfDrain.Kind ? ofDrains : ofIncidents)[kind.ordinal()];
    }

    /**
     * Whether events are told from now on; while they are not, they are counted only.
     *
     * @param enabled true to have them told
     */
    public synchronized void setEnabled(boolean enabled) {
        if (enabled && !this.enabled) {
            skipped = Stream.of(ofModules, ofBindings, ofDrains, ofIncidents)
                    .flatMap(Stream::of)
                    .mapToLong(LongAdder::sum)
                    .sum() - enqueued.get();
        }
        this.enabled = enabled;
    }

    /**
     * How often something has happened since the engine was made, told or not; may be stale.
     *
     * @param kind a kind of {@link RegistrarEvent}
     * @return how often
     */
    public long countOf(Enum<?> kind) {
        return counter(kind).sum();
    }

    /**
     * Counts an event.
     *
     * @param kind its kind
     * @return whether it is to be told: then {@link #enqueue} follows
     */
    public boolean count(Enum<?> kind) {
        counter(kind).increment();
        return enabled;
    }

    /**
     * Enqueues an event; {@link #dispatch} follows when no lock is held.
     *
     * @param event makes the event of its number; it must not block, and calls nothing foreign
     */
    public void enqueue(LongFunction<? extends RegistrarEvent> event) {
        enqueued.incrementAndGet();
        queue.add(event);
    }

    /** Tells what is enqueued, or leaves it to the thread that does so already. */
    public void dispatch() {
        if (requests.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        while (seen != 0) {
            for (var event = queue.poll(); event != null; event = queue.poll()) {
                tell(event);
            }
            seen = requests.addAndGet(-seen);
        }
    }

    private void tell(LongFunction<? extends RegistrarEvent> event) {
        try {
            dispatched++;
            listener.accept(event.apply(dispatched + skipped));
        } catch (Throwable t) {
            EngineSettings.logLast("An event's listener threw", t);
        }
    }
}
