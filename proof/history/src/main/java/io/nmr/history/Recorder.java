package io.nmr.history;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Records what happens to modules under test. An event costs a few hundred nanoseconds and no lock.
 *
 * <p><b>Threading.</b> Any thread may record at any time, inside callbacks too; nothing blocks.
 *
 * <p><b>Memory consistency effects.</b> The clock is read where the event is recorded, so an event that happens-before
 * another has the lesser time, if the clock is one volatile counter.
 */
public final class Recorder {

    private final LongSupplier clock;
    private final Consumer<Event> sink;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicLong calls = new AtomicLong();

    /** A recorder with a clock of its own. */
    public Recorder() {
        this(new AtomicLong()::incrementAndGet);
    }

    /**
     * A recorder that shares a clock with others, so that their histories can be merged.
     *
     * @param clock a counter: every reading differs, and a later one is greater
     */
    public Recorder(LongSupplier clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.sink = events::add;
    }

    /**
     * A recorder that keeps nothing and hands each event on, on the recording thread; not always in the order of time.
     *
     * @param clock a counter: every reading differs, and a later one is greater
     * @param sink takes the events; must not throw
     */
    public Recorder(LongSupplier clock, Consumer<Event> sink) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.sink = Objects.requireNonNull(sink, "sink");
    }

    /**
     * Begins to record a client.
     *
     * @param npi names its NPI
     * @param name names the registration; another for each
     * @return what records it
     */
    public ModuleRecorder client(String npi, String name) {
        return new ModuleRecorder(this, new RegisteredModule(Role.CLIENT, npi, name));
    }

    /**
     * Begins to record a provider.
     *
     * @param npi names its NPI
     * @param name names the registration; another for each
     * @return what records it
     */
    public ModuleRecorder provider(String npi, String name) {
        return new ModuleRecorder(this, new RegisteredModule(Role.PROVIDER, npi, name));
    }

    /** {@return what has been recorded up to now; empty where it was handed on} */
    public History history() {
        return new History(List.copyOf(events));
    }

    void record(RegisteredModule module, String binding, String peer, Kind kind, Outcome outcome, String note) {
        sink.accept(new Event(clock.getAsLong(), threadName(), module, binding, peer, kind, outcome, note));
    }

    private static String threadName() {
        Thread thread = Thread.currentThread();
        return thread.getName() + "#" + thread.getId();
    }

    long nextCall() {
        return calls.incrementAndGet();
    }
}
