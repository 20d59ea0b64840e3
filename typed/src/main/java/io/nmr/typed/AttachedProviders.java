package io.nmr.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * The bindings of a client, sorted by its {@link ProviderChoice}, and the threads that wait for one. A change copies the
 * list: a client has tens of providers. Also the bindings that detach, and the objects that the client holds.
 *
 * <p><b>Threading.</b> The state is immutable and volatile, so a call reads it without a lock. A change is computed
 * without the lock, because it compares by the user's order, and is repeated if another one was faster. The lock guards
 * the replacement of the state, so that a waiting thread misses none. No foreign code runs under it.
 *
 * @param <P> the provider's dispatch table
 */
final class AttachedProviders<P> {

    /**
     * @param attached in the order in which calls try them
     * @param leaving whether the client is being deregistered: it attaches to no provider any more
     */
    record State<P>(List<BindingContext<P>> attached, boolean leaving) {

        private State<P> with(BindingContext<P> binding, int place) {
            List<BindingContext<P>> copy = new ArrayList<>(attached.size() + 1); // no larger (G7)
            copy.addAll(attached);
            copy.add(place, binding);
            return new State<>(copy, leaving);
        }

        private State<P> without(BindingContext<P> binding) {
            List<BindingContext<P>> copy = new ArrayList<>(attached);
            return copy.remove(binding) ? new State<>(copy, leaving) : this;
        }
    }

    private final ProviderChoice choice;
    private final AtomicInteger turn = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final BindingList<P> detaching = new BindingList<>();
    private final Set<Held<?>> held = ConcurrentHashMap.newKeySet();
    private volatile State<P> state = new State<>(List.of(), false);

    AttachedProviders(ProviderChoice choice) {
        this.choice = choice;
    }

    State<P> state() {
        return state;
    }

    /** The index of the provider among {@code count} that a call tries first. */
    int first(int count) {
        return choice.rotates() && count > 1 ? Math.floorMod(turn.getAndIncrement(), count) : 0;
    }

    void attach(BindingContext<P> binding) {
        change(seen -> seen.with(binding, place(binding.describe(), seen.attached())));
    }

    /** Behind those that come first in the order, ahead of its equals. */
    private int place(ModuleDescription module, List<BindingContext<P>> attached) {
        int low = 0;
        int high = attached.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            ModuleDescription there = attached.get(middle).describe();
            // null if it has been cleaned up: then the state has changed, and this place is not used
            if (there != null && choice.order().compare(there, module) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Before its gate is closed: from now on a call finds it only from within its own calls. */
    void detach(BindingContext<P> binding) {
        detaching.add(binding);
        change(seen -> seen.without(binding));
    }

    /** Those that take calls from within their own calls only. */
    List<BindingContext<P>> detaching() {
        return detaching.snapshot();
    }

    void oneCleanedUp() {
        detaching.oneCleanedUp();
    }

    /** The client is being deregistered, or is registered anew. */
    void leaving(boolean leaving) {
        change(seen -> new State<>(seen.attached(), leaving));
    }

    /** If the gate is closed at the same time, the listener may be called here and by {@link #tellHeld}: it runs once. */
    void hold(Held<?> object) {
        held.add(object);
        if (object.isDetaching()) {
            object.tellDetaching();
        }
    }

    void release(Held<?> object) {
        held.remove(object);
    }

    /** After the gate of the binding was closed. */
    void tellHeld(BindingContext<P> binding) {
        held.stream().filter(object -> object.isOf(binding)).forEach(Held::tellDetaching);
    }

    private void change(UnaryOperator<State<P>> change) {
        State<P> seen;
        State<P> next;
        do {
            seen = state;
            next = change.apply(seen);
        } while (!replace(seen, next));
    }

    private boolean replace(State<P> seen, State<P> next) {
        lock.lock();
        try {
            boolean isCurrent = state == seen;
            if (isCurrent) {
                state = next;
                changed.signalAll();
            }
            return isCurrent;
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            return lock.getWaitQueueLength(changed);
        } finally {
            lock.unlock();
        }
    }
}
