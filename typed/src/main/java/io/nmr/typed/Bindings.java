package io.nmr.typed;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The bindings of a client, in the order in which they are asked, and the threads that wait for one.
 *
 * <p>To attach and to detach one takes the same time however many there are: a change is made to the {@link Lineup} and
 * takes the state away; the next call makes the state anew, once for all changes before it. Only a binding that is asked
 * after others than its equals has the line looked through.
 *
 * <p><b>Threading.</b> The state is immutable and volatile, so that a call reads it without a lock; one that finds none
 * makes it under the lock, which guards all else. Who waits looks at the state under the lock too, so no change is missed.
 * No foreign code runs under it: the order is asked outside, and what it said holds if nothing has changed meanwhile.
 *
 * @param <P> the provider's dispatch table
 */
final class Bindings<P> {

    /**
     * @param attached those that take calls, in the order in which they are asked
     * @param detaching those that take calls from within their own calls only
     * @param leaving whether the client is being deregistered: nothing will be attached any more
     */
    record State<P>(List<ClientSide<P>> attached, List<ClientSide<P>> detaching, boolean leaving) {}

    private final ProviderChoice choice;
    private final AtomicInteger turn = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Null while the state says it all. */
    private Lineup<P> lineup;

    /** Null when something has changed since. */
    private volatile State<P> state = new State<>(List.of(), List.of(), false);

    private boolean leaving;

    Bindings(ProviderChoice choice) {
        this.choice = choice;
    }

    State<P> state() {
        State<P> seen = state;
        return seen != null ? seen : stateAnew();
    }

    private State<P> stateAnew() {
        return locked(() -> {
            if (state == null) {
                state = lineup.state(leaving);
                lineup = null;
            }
            return state;
        });
    }

    /** Where among {@code count} a call begins to ask. */
    int start(int count) {
        return choice.rotates() && count > 1 ? Math.floorMod(turn.getAndIncrement(), count) : 0;
    }

    /** It is attached, and knows the other side. */
    void attached(ClientSide<P> binding) {
        ModuleDescription module = binding.describe();
        boolean added = false;
        while (!added) {
            added = tryAdd(binding, module);
        }
    }

    /** False if something has changed since the order was asked. */
    private boolean tryAdd(ClientSide<P> binding, ModuleDescription module) {
        Lineup.Part<P> seen = locked(() -> lineup().first());
        int place = seen.placeOf(module, choice.order());
        if (place == seen.from() && place > 0) { // not the first to be asked
            seen = locked(() -> lineup().all());
            place = seen.placeOf(module, choice.order());
        }
        return place != Lineup.NOWHERE && tryAdd(binding, place, seen);
    }

    private boolean tryAdd(ClientSide<P> binding, int place, Lineup.Part<P> seen) {
        return locked(() -> {
            boolean added = lineup().tryAdd(binding, place, seen);
            if (added) {
                change();
            }
            return added;
        });
    }

    /** One is leaving: from here on only calls within its own are to find it. Its gate is closed after. */
    void detaching() {
        locked(this::change);
    }

    /** One is cleaned up. */
    void gone() {
        locked(() -> {
            lineup().gone();
            return change();
        });
    }

    /** Whether the client is being deregistered, or registered anew. */
    void leaving(boolean nowLeaving) {
        locked(() -> {
            leaving = nowLeaving;
            return change();
        });
    }

    private <T> T locked(Supplier<T> access) {
        lock.lock();
        try {
            return access.get();
        } finally {
            lock.unlock();
        }
    }

    private Lineup<P> lineup() {
        if (lineup == null) {
            lineup = new Lineup<>(state);
        }
        return lineup;
    }

    private boolean change() {
        lineup(); // of the state, while there is one
        state = null;
        changed.signalAll();
        return true;
    }

    /**
     * Waits for the state to change.
     *
     * @param seen the state
     * @param deadline until when, as {@link System#nanoTime}
     * @return whether it has changed in time
     */
    boolean awaitChange(State<P> seen, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (state == seen) {
                long remaining = deadline - System.nanoTime();
                if (remaining <= 0) {
                    return false;
                }
                changed.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How many threads wait; for tests. */
    int waiting() {
        return locked(() -> lock.getWaitQueueLength(changed));
    }
}
