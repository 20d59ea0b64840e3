package io.nmr.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The bindings of a client, in the order in which they are asked, and the threads that wait for one.
 *
 * <p><b>Threading.</b> The state is immutable and replaced by compare-and-set, so that a call reads it without a lock. The
 * lock guards nothing but the wait: who changes the state then signals under it, and who waits looks at the state once
 * more under it, so no change is missed. No foreign code runs under it.
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
    private final AtomicReference<State<P>> state = new AtomicReference<>(new State<>(List.of(), List.of(), false));
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    Bindings(ProviderChoice choice) {
        this.choice = choice;
    }

    State<P> state() {
        return state.get();
    }

    /** Where among {@code count} a call begins to ask. */
    int start(int count) {
        return choice.rotates() && count > 1 ? Math.floorMod(turn.getAndIncrement(), count) : 0;
    }

    void attached(ClientSide<P> binding) {
        change(old -> new State<>(inserted(old.attached, binding), old.detaching, old.leaving));
    }

    void detaching(ClientSide<P> binding) {
        change(old -> new State<>(without(old.attached, binding), with(old.detaching, binding), old.leaving));
    }

    void gone(ClientSide<P> binding) {
        change(old -> new State<>(without(old.attached, binding), without(old.detaching, binding), old.leaving));
    }

    /** Whether the client is being deregistered, or registered anew. */
    void leaving(boolean leaving) {
        change(old -> new State<>(old.attached, old.detaching, leaving));
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
            while (state.get() == seen) {
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
        lock.lock();
        try {
            return lock.getWaitQueueLength(changed);
        } finally {
            lock.unlock();
        }
    }

    private void change(UnaryOperator<State<P>> change) {
        state.updateAndGet(change);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<ClientSide<P>> inserted(List<ClientSide<P>> list, ClientSide<P> binding) {
        List<ClientSide<P>> next = new ArrayList<>(list);
        ModuleDescription module = binding.describe();
        int i = 0;
        while (i < next.size() && isBefore(next.get(i).describe(), module)) {
            i++;
        }
        next.add(i, binding);
        return List.copyOf(next);
    }

    /** One that has just been cleaned up is before nobody. */
    private boolean isBefore(ModuleDescription one, ModuleDescription other) {
        return one != null && choice.order().compare(one, other) < 0;
    }

    private static <P> List<ClientSide<P>> with(List<ClientSide<P>> list, ClientSide<P> binding) {
        List<ClientSide<P>> next = new ArrayList<>(list);
        next.add(binding);
        return List.copyOf(next);
    }

    private static <P> List<ClientSide<P>> without(List<ClientSide<P>> list, ClientSide<P> binding) {
        List<ClientSide<P>> next = new ArrayList<>(list);
        next.remove(binding);
        return List.copyOf(next);
    }
}
