package io.nmr.engine;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Counts what happens in an engine, and tells it to a listener, in the order in which it was committed.
 *
 * <p><b>Threading.</b> What happens is counted and lined up under the lock of its NPI, so events of one NPI are told in
 * the order of their commits. They are told with no lock held, one at a time, each before or after the next: a thread
 * that has lined one up tells what stands in line, its own and others', unless another thread does so already. The
 * listener must not block: whoever has committed something may be waiting behind it.
 *
 * <p><b>Memory consistency effects.</b> Each telling happens-before the next.
 *
 * <p><b>Errors.</b> What the listener throws is contained, and goes to the platform's log.
 */
public final class EngineEvents {

    private final Consumer<? super EngineEvent> listener;
    private final LongAdder[] ofModules = adders(EngineEvent.OfModule.Kind.values().length);
    private final LongAdder[] ofBindings = adders(EngineEvent.OfBinding.Kind.values().length);
    private final LongAdder untold = new LongAdder();
    private final AtomicLong leftOut = new AtomicLong();
    private final Queue<Runnable> line = new ConcurrentLinkedQueue<>();

    /** How many have asked for the line to be told since it was last found empty; not 0 while a thread tells it. */
    private final AtomicInteger asked = new AtomicInteger();

    private volatile boolean telling;

    /**
     * Events for one engine; they are counted from the start, and told once {@link #tell} says so.
     *
     * @param listener is told of them
     */
    public EngineEvents(Consumer<? super EngineEvent> listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    private static LongAdder[] adders(int kinds) {
        return Stream.generate(LongAdder::new).limit(kinds).toArray(LongAdder[]::new);
    }

    /**
     * Whether what happens from now on is told; while it is not, it is counted and nothing else.
     *
     * @param telling true to have it told
     */
    public void tell(boolean telling) {
        this.telling = telling;
    }

    /**
     * How often this has happened since the engine was made, told or not; may be stale.
     *
     * @param kind what
     * @return how often
     */
    public long count(EngineEvent.OfModule.Kind kind) {
        return ofModules[kind.ordinal()].sum();
    }

    /**
     * How often this has happened since the engine was made, told or not; may be stale.
     *
     * @param kind what
     * @return how often
     */
    public long count(EngineEvent.OfBinding.Kind kind) {
        return ofBindings[kind.ordinal()].sum();
    }

    /**
     * How much has happened that is not and will not be told, for nobody was to be told or there was no memory to tell
     * it: only grows; may be stale.
     *
     * @return how many events
     */
    public long untold() {
        return untold.sum() + leftOut.get();
    }

    /**
     * There was no memory for an event, so it is {@link #untold}; this takes none.
     */
    public void leaveOut() {
        leftOut.incrementAndGet();
    }

    /** Counts it; answers whether it is to be lined up. */
    boolean isToBeTold(EngineEvent.OfModule.Kind kind) {
        return isToBeTold(ofModules[kind.ordinal()]);
    }

    /** Counts it; answers whether it is to be lined up. */
    boolean isToBeTold(EngineEvent.OfBinding.Kind kind) {
        return isToBeTold(ofBindings[kind.ordinal()]);
    }

    private boolean isToBeTold(LongAdder count) {
        count.increment();
        return isToBeTold();
    }

    /**
     * Whether anything that happens now is told; counts it as {@link #untold} if it is not.
     *
     * @return true if it is to be told, {@link #inTurn} if it is none of the engine's
     */
    public boolean isToBeTold() {
        boolean told = telling;
        if (!told) {
            untold.increment();
        }
        return told;
    }

    /** Under the lock of the NPI that it happened in; {@link #tellAll} follows when that is released. */
    void lineUp(EngineEvent event) {
        line.add(() -> listener.accept(event));
    }

    /**
     * Tells something else in its turn: after all that was committed before this call, whichever thread tells that.
     *
     * @param telling what to do then; it must not block, and what it throws is contained
     */
    public void inTurn(Runnable telling) {
        line.add(Objects.requireNonNull(telling, "telling"));
        tellAll();
    }

    /** Tells what is lined up, or leaves it to the thread that is doing so, which looks once more before it ends. */
    void tellAll() {
        if (asked.getAndIncrement() != 0) {
            return;
        }
        int answered = 1;
        while (answered != 0) {
            for (Runnable telling = line.poll(); telling != null; telling = line.poll()) {
                tell(telling);
            }
            answered = asked.addAndGet(-answered);
        }
    }

    private static void tell(Runnable telling) {
        try {
            telling.run();
        } catch (Throwable t) {
            EngineSettings.logLast("An event's listener threw", t);
        }
    }
}
