package io.nmr.engine;

import io.nmr.api.NmrStatus;
import io.nmr.engine.Incident.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A thread that waits until the deregistrations of some modules are complete, and meanwhile passes on what ends their
 * bindings: an exit that finds somebody waiting only commits and hands over (T2).
 *
 * <p><b>Locks.</b> Its own lock guards the inbox and the deadlines; it is taken under the lock of an NPI and takes none
 * itself but that of a wait nested in it. An effect is handed over, and a waiter withdrawn, under the lock of the NPI: so
 * once withdrawn everywhere the inbox is final, and what is left in it goes to the executor. Nothing is lost.
 *
 * <p><b>Threading.</b> Used by one waiting thread; any committing thread hands over.
 */
final class Waiter {

    private static final ThreadLocal<Waiter> INNERMOST = new ThreadLocal<>();

    private final EngineSettings settings;
    /** What this wait holds up. */
    private final List<HoldsUp> inside = CallbackChain.heldUp();
    private final ReentrantLock lock = new BriefLock();
    private final LoneCondition changed = new LoneCondition(lock);
    private final EffectLine inbox = new EffectLine();
    /** Of the modules that are waited for, and not complete. */
    private final Deadlines deadlines;
    /** A wait inside a callback that this wait performs: it gets what is handed over meanwhile. */
    private Waiter nested;

    private boolean closed;

    private NmrStatus shortfall = NmrStatus.SUCCESS;

    Waiter(EngineSettings settings) {
        this.settings = settings;
        this.deadlines = new Deadlines(settings.nanoTime());
    }

    /**
     * Waits for all of them. A module that cannot complete before this thread returns from a callback is reported and
     * not waited for (C6).
     *
     * @return SUCCESS if all are complete; else the worst of TIMEOUT and POSSIBLE_DEADLOCK
     */
    NmrStatus await(Collection<? extends NetworkModule> modules, Duration timeout) {
        return await(modules, () -> { }, timeout);
    }

    /** As the other, one timeout for all: when it has passed none is waited for, and that is all. */
    NmrStatus await(Collection<? extends NetworkModule> modules, Runnable beginning, Duration timeout) {
        Objects.requireNonNull(timeout, "timeout");
        return await(new LinkedHashSet<>(modules), module -> timeout, beginning, passed -> Duration.ZERO);
    }

    /**
     * As {@link #await(Collection, Duration)}, but begins the deregistrations itself, once enrolled: so that every
     * callback that they lead to is passed on by this thread, however fast the other sides are. Each module is in there
     * once, and waited for as long as is said for it, and after that as long as {@code overdue} says, asked with no lock held.
     */
    NmrStatus await(
            Collection<? extends NetworkModule> modules,
            Function<NetworkModule, Duration> timeouts,
            Runnable beginning,
            Function<List<NetworkModule>, Duration> overdue) {
        Waiter around = INNERMOST.get();
        begin(around);
        try {
            modules.forEach(module -> enrol(module, timeouts.apply(module)));
            beginning.run();
            passOn(overdue);
        } finally {
            try {
                leave(modules);
            } finally {
                end(around);
                close();
                Effects.performAll(settings, inbox);
            }
        }
        return result();
    }

    /** It waits for none of them any longer, and holds up no other wait. */
    private void leave(Collection<? extends NetworkModule> modules) {
        try {
            remaining().forEach(this::withdraw);
        } finally {
            if (!inside.isEmpty()) {
                modules.forEach(module -> module.npi.registry.waits.end(this));
            }
        }
    }

    /** Nothing is handed to it any more, even if for want of memory it could not be withdrawn. */
    private void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    private void begin(Waiter around) {
        INNERMOST.set(this);
        if (around != null && around.settings == settings) {
            around.setNested(this);
        }
    }

    /** The module is not waited for any longer; it falls short if it is not complete. */
    private void withdraw(NetworkModule module) {
        module.npi.commit(effects -> {
            module.withdraw(this);
            abandoned(module);
            return null;
        });
    }

    private static void end(Waiter around) {
        INNERMOST.set(around); // where it is null, too: to remove it and to ask anew takes longer
        if (around != null) {
            around.setNested(null);
        }
    }

    /** Whether this thread keeps a waiter; for tests of what is kept (R7). */
    static boolean isWaiting() {
        return INNERMOST.get() != null;
    }

    private void enrol(NetworkModule module, Duration timeout) {
        boolean mayWait = inside.isEmpty() || module.npi.registry.waits.tryBegin(this, inside, module);
        NmrStatus status = module.npi.commit(effects -> enrol(module, timeout, mayWait));
        if (!status.isSuccess() && !status.equals(NmrStatus.PENDING)) {
            fallShort(status);
        }
        if (status.equals(NmrStatus.POSSIBLE_DEADLOCK)) {
            reportDeadlock(module, inside.get(0));
        }
    }

    private NmrStatus enrol(NetworkModule module, Duration timeout, boolean mayWait) {
        return switch (module.state()) {
            case DEREGISTERED -> NmrStatus.SUCCESS;
            case NEW, REGISTERED, DEREGISTERING -> mayWait ? enter(module, timeout) : NmrStatus.POSSIBLE_DEADLOCK;
            case ABANDONED -> NmrStatus.TIMEOUT;
        };
    }

    private NmrStatus enter(NetworkModule module, Duration timeout) {
        module.enrol(this);
        setDeadline(module, timeout);
        if (!CallbackChain.isEmpty()) {
            module.untold().ifPresent(this::hand);
            module.sides.snapshot().forEach(side -> takeOver(side.binding()));
        }
        return NmrStatus.PENDING;
    }

    /** Inside a callback, what is due may stand behind that very callback in the queue of an outer frame. */
    private void takeOver(Binding binding) {
        for (Side either : binding.sidesAsTheyLeave()) {
            Effect due = either.due();
            if (due != null) {
                hand(due);
            }
        }
    }

    private void passOn(Function<List<NetworkModule>, Duration> overdue) {
        try {
            boolean goesOn = true;
            while (goesOn) {
                Effect effect = take();
                if (effect != null) {
                    Effects.perform(settings, effect);
                } else {
                    goesOn = outlast(overdue);
                }
            }
        } finally {
            changed.restoreInterrupt();
        }
    }

    /** The next effect to pass on, or null when all are complete or a deadline has passed. */
    private Effect take() {
        lock.lock();
        try {
            while (inbox.isEmpty() && !deadlines.isEmpty()) {
                long remaining = deadlines.untilNext();
                if (remaining <= 0) {
                    return null;
                }
                changed.await(remaining);
            }
            return inbox.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits longer, or no longer, for those whose time has passed; false if there is nobody left to wait for. */
    private boolean outlast(Function<List<NetworkModule>, Duration> overdue) {
        List<NetworkModule> passed = locked(deadlines::passed);
        if (!passed.isEmpty()) {
            Duration more = overdue.apply(passed);
            passed.forEach(more.isNegative() || more.isZero() ? this::giveUp : module -> postpone(module, more));
        }
        return !remaining().isEmpty();
    }

    private void giveUp(NetworkModule module) {
        withdraw(module);
        if (!inside.isEmpty()) {
            module.npi.registry.waits.end(this, module);
        }
    }

    private List<NetworkModule> remaining() {
        return locked(deadlines::modules);
    }

    /** Unless it is complete meanwhile. */
    private void postpone(NetworkModule module, Duration more) {
        locked(() -> {
            if (deadlines.contains(module)) {
                deadlines.postpone(module, more);
            }
            return null;
        });
    }

    private void setDeadline(NetworkModule module, Duration timeout) {
        locked(() -> {
            deadlines.set(module, timeout);
            return null;
        });
    }

    private <T> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }

    /** False if it is not waiting any more. */
    boolean hand(Effect effect) {
        lock.lock();
        try {
            if (!closed && (nested == null || !nested.hand(effect))) {
                inbox.add(effect);
                changed.signal();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void setNested(Waiter waiter) {
        lock.lock();
        try {
            nested = waiter;
        } finally {
            lock.unlock();
        }
    }

    /** One of the modules is complete. */
    void completed(NetworkModule module) {
        remove(module, NmrStatus.SUCCESS);
    }

    /** Nobody is to wait for one of the modules any longer. */
    void abandoned(NetworkModule module) {
        remove(module, NmrStatus.TIMEOUT);
    }

    private void remove(NetworkModule module, NmrStatus status) {
        lock.lock();
        try {
            if (deadlines.remove(module) && !status.isSuccess()) {
                fallShort(status);
            }
            if (deadlines.isEmpty()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void fallShort(NmrStatus status) {
        lock.lock();
        try {
            if (!shortfall.equals(NmrStatus.POSSIBLE_DEADLOCK)) {
                shortfall = status;
            }
        } finally {
            lock.unlock();
        }
    }

    private NmrStatus result() {
        return locked(() -> shortfall);
    }

    private void reportDeadlock(NetworkModule module, HoldsUp innermost) {
        settings.report(new Incident(
                Kind.POSSIBLE_DEADLOCK,
                "C6",
                module.name,
                "C6: a wait for the deregistration of " + module + " is refused: it was asked for inside "
                        + innermost + ", which the deregistration, or what that waits for, waits for. Return from there first",
                new IllegalStateException("the waiting thread is " + Thread.currentThread().getName())));
    }
}
