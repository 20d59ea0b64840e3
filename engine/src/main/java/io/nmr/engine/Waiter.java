package io.nmr.engine;

import io.nmr.api.NmrStatus;
import io.nmr.engine.Incident.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A thread that waits until the deregistrations of some modules are complete, and meanwhile passes on what ends their
 * bindings: an exit that finds somebody waiting only commits and hands over (T2).
 *
 * <p><b>Locks.</b> Its own lock guards the inbox and the counts; it is taken under the lock of an NPI and takes none
 * itself but that of a wait nested in it. An effect is handed over, and a waiter withdrawn, under the lock of the NPI: so once withdrawn everywhere the
 * inbox is final, and what is left in it goes to the executor. Nothing is lost.
 *
 * <p><b>Threading.</b> Used by one waiting thread; any committing thread hands over.
 */
final class Waiter {

    private static final ThreadLocal<Waiter> INNERMOST = new ThreadLocal<>();

    private final EngineSettings settings;
    /** What this wait holds up. */
    private final List<HoldsUp> inside = CallbackChain.heldUp();
    private final List<NetworkModule> waitedFor = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Effect> inbox = new ArrayDeque<>();
    /** A wait inside a callback that this wait performs: it gets what is handed over meanwhile. */
    private Waiter nested;

    private int incomplete;
    private NmrStatus shortfall = NmrStatus.SUCCESS;

    Waiter(EngineSettings settings) {
        this.settings = settings;
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

    /**
     * As {@link #await(Collection, Duration)}, but begins the deregistrations itself, once enrolled: so that every
     * callback that they lead to is passed on by this thread, however fast the other sides are.
     */
    NmrStatus await(Collection<? extends NetworkModule> modules, Runnable beginning, Duration timeout) {
        long deadline = settings.nanoTime().getAsLong() + nanos(timeout);
        Waiter around = INNERMOST.get();
        begin(around);
        try {
            modules.forEach(this::enrol);
            beginning.run();
            passOn(deadline);
        } finally {
            withdraw();
            if (!inside.isEmpty()) {
                modules.forEach(module -> module.npi.registry.waits.end(this));
            }
            end(around);
            inbox.forEach(effect -> Effects.perform(settings, effect));
        }
        return result();
    }

    private void begin(Waiter around) {
        INNERMOST.set(this);
        if (around != null && around.settings == settings) {
            around.setNested(this);
        }
    }

    private void withdraw() {
        waitedFor.forEach(module -> module.npi.commit(effects -> {
            module.withdraw(this);
            return null;
        }));
    }

    private static void end(Waiter around) {
        if (around == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(around);
            around.setNested(null);
        }
    }

    private static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
        return timeout.compareTo(longest) > 0 ? longest.toNanos() : timeout.toNanos();
    }

    private void enrol(NetworkModule module) {
        boolean mayWait = inside.isEmpty() || module.npi.registry.waits.tryBegin(this, inside, module);
        NmrStatus status = module.npi.commit(effects -> enrol(module, mayWait));
        if (status.equals(NmrStatus.PENDING)) {
            waitedFor.add(module);
        } else if (!status.isSuccess()) {
            fallShort(status);
        }
        if (status.equals(NmrStatus.POSSIBLE_DEADLOCK)) {
            reportDeadlock(module, inside.get(0));
        }
    }

    private NmrStatus enrol(NetworkModule module, boolean mayWait) {
        return switch (module.state()) {
            case DEREGISTERED -> NmrStatus.SUCCESS;
            case NEW, REGISTERED, DEREGISTERING -> mayWait ? enter(module) : NmrStatus.POSSIBLE_DEADLOCK;
            case ABANDONED -> NmrStatus.TIMEOUT;
        };
    }

    private NmrStatus enter(NetworkModule module) {
        module.enrol(this);
        add(1);
        if (!CallbackChain.isEmpty()) {
            module.untold().ifPresent(this::hand);
            module.sides.snapshot().forEach(side -> takeOver(side.binding));
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

    private void passOn(long deadline) {
        boolean interrupted = false;
        boolean goesOn = true;
        while (goesOn) {
            try {
                Effect effect = take(deadline);
                goesOn = effect != null;
                if (goesOn) {
                    Effects.perform(settings, effect);
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next effect to pass on, or null when all are complete or the time has passed. */
    private Effect take(long deadline) throws InterruptedException {
        lock.lock();
        try {
            while (inbox.isEmpty() && incomplete > 0) {
                long remaining = deadline - settings.nanoTime().getAsLong();
                if (remaining <= 0) {
                    return null;
                }
                changed.awaitNanos(remaining);
            }
            return inbox.poll();
        } finally {
            lock.unlock();
        }
    }

    void hand(Effect effect) {
        lock.lock();
        try {
            if (nested == null) {
                inbox.add(effect);
                changed.signal();
            } else {
                nested.hand(effect);
            }
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
    void completed() {
        add(-1);
    }

    /** Nobody is to wait for one of the modules any longer. */
    void abandoned() {
        fallShort(NmrStatus.TIMEOUT);
        add(-1);
    }

    private void add(int modules) {
        lock.lock();
        try {
            incomplete += modules;
            changed.signal();
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
        lock.lock();
        try {
            return shortfall.isSuccess() && incomplete > 0 ? NmrStatus.TIMEOUT : shortfall;
        } finally {
            lock.unlock();
        }
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
