package io.nmr.engine.waiting;

import io.nmr.api.CallChain;
import io.nmr.api.Registration;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.effects.CallbackChain;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.state.HoldsUp;
import io.nmr.engine.state.NetworkModule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The waits under way in one engine. A wait inside a callback or a tracked call holds up what it is inside of, and so may
 * close a circle (C6); only such waits are edges of the graph.
 *
 * <p><b>Locks.</b> Its monitor guards the edges. It is taken with no lock of an NPI held; under it the lock of one NPI at a
 * time is taken.
 */
public final class WaitGraph {

    private record Edge(WaitingThread waiter, NetworkModule waitedFor) {}

    /** A tracked call that this thread is inside of, through a gate that a side of a module's binding may have announced. */
    private record TrackedCall(long gate) implements HoldsUp {

        @Override
        public boolean holdsUp(Registration module) {
            return ((NetworkModule) module).hasGate(gate);
        }

        @Override
        public String toString() {
            return "a call through gate " + gate;
        }
    }

    private final List<Edge> edges = new ArrayList<>();
    private final Map<Thread, WaitingThread> innermost = new ConcurrentHashMap<>();
    private final AtomicLong idlePeriods = new AtomicLong();

    /** What the calling thread is inside of, innermost first; callbacks before tracked calls. */
    static List<HoldsUp> heldUp() {
        List<HoldsUp> inside = new ArrayList<>(CallbackChain.heldUp());
        CallChain.snapshot().forEach(gate -> inside.add(new TrackedCall(gate)));
        return inside;
    }

    /** Adds that {@code waiter} waits for {@code module}; false, and it does not, if that closes a circle. */
    synchronized boolean tryAdd(WaitingThread waiter, NetworkModule module) {
        boolean legal = !leadsTo(waiter.inside(), module, new HashSet<>());
        if (legal) {
            edges.add(new Edge(waiter, module));
        }
        return legal;
    }

    static Incident deadlock(NetworkModule module, HoldsUp innermost) {
        return new Incident(
                Kind.POSSIBLE_DEADLOCK,
                "C6",
                module.ref(),
                "C6: a wait for the deregistration of " + module + " is refused: it was asked for inside " + innermost
                        + ", which the deregistration, or what that waits for, waits for. Return from there first",
                new IllegalStateException("the waiting thread is " + Thread.currentThread().getName()));
    }

    synchronized void remove(WaitingThread waiter) {
        edges.removeIf(edge -> edge.waiter == waiter);
    }

    synchronized void remove(WaitingThread waiter, NetworkModule module) {
        edges.removeIf(edge -> edge.waiter == waiter && edge.waitedFor == module);
    }

    /** How many edges there are; for tests of what is kept (R7). */
    public synchronized int size() {
        return edges.size();
    }

    /** How many threads wait; for tests of what is kept (R7). */
    public int threads() {
        return innermost.size();
    }

    /** Whether the end of {@code module} waits for a return from one of {@code ends}. */
    private boolean leadsTo(List<HoldsUp> ends, NetworkModule module, Set<NetworkModule> seen) {
        return seen.add(module)
                && (anyHoldsUp(ends, module)
                        || edges.stream()
                                .filter(edge -> anyHoldsUp(edge.waiter.inside(), module))
                                .anyMatch(edge -> leadsTo(ends, edge.waitedFor, seen)));
    }

    private static boolean anyHoldsUp(List<HoldsUp> inside, NetworkModule module) {
        return inside.stream().anyMatch(each -> each.holdsUp(module));
    }

    /** Makes {@code waiter} the innermost wait of this thread; the answer is the one that was, or null. */
    WaitingThread enter(WaitingThread waiter) {
        return innermost.put(Thread.currentThread(), waiter);
    }

    /** The innermost wait of this thread has ended; {@code outer} is the one around it, or null. */
    void leave(WaitingThread outer) {
        if (outer == null) {
            innermost.remove(Thread.currentThread());
        } else {
            innermost.put(Thread.currentThread(), outer);
        }
    }

    /** The number of a period in which a waiting thread runs nothing; greater than 0, and never used again. */
    long nextIdlePeriod() {
        return idlePeriods.incrementAndGet();
    }

    /**
     * Whether a thread does nothing but wait in its innermost drain. A callback that it runs meanwhile, and a wait inside of
     * that, may end and release what they hold; then the thread is not idle.
     *
     * @param thread any thread
     * @return 0 if it is not idle; else the number of its idle period. Two equal answers mean that it was idle throughout
     */
    public long idleWait(Thread thread) {
        WaitingThread waiter = innermost.get(thread);
        return waiter == null ? 0 : waiter.idlePeriod();
    }
}
