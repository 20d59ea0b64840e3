package io.nmr.engine.waiting;

import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.api.runtime.ModuleState;
import io.nmr.engine.effects.CallbackChain;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Spin;
import io.nmr.engine.state.HoldsUp;
import io.nmr.engine.state.NetworkModule;
import io.nmr.engine.state.Performer;
import io.nmr.engine.state.Waiter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A thread that waits until the deregistrations of some modules are complete. Meanwhile it passes the effects of their
 * bindings to the executor: the exit of a last call finds it waiting, and only commits and hands over (T2).
 *
 * <p><b>Locks.</b> Its own lock guards the inbox and the deadlines. It is taken under the lock of an NPI, and under it only
 * that of a wait nested in this one. An effect is handed over, and a waiter removed, under the lock of the NPI. So once it
 * is removed everywhere the inbox is final; what is left in it goes to the executor, and nothing is lost.
 *
 * <p><b>Threading.</b> One thread waits; any committing thread hands over.
 */
public final class WaitingThread implements Waiter {

    /** Whether this wait is a drain, or a wait that a module asked for. */
    public enum Purpose {
        DRAIN,
        MODULE
    }

    private final WaitGraph graph;
    private final Performer performer;
    private final EngineSettings settings;
    private final Purpose purpose;
    private final List<HoldsUp> inside = WaitGraph.heldUp();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<EffectTask> inbox = new ArrayDeque<>();

    /** Of the modules that are waited for, and not complete. */
    private final Deadlines deadlines;

    /** A wait inside a callback that this wait runs: it gets what is handed over meanwhile. */
    private WaitingThread nested;

    private NmrStatus shortfall = NmrStatus.SUCCESS;

    /** Written under the lock; read without it by a thread that spins. */
    private volatile boolean signalled;
    private volatile long idlePeriod;

    /** The waiting thread's own: whether it was interrupted while it waited. */
    private boolean interrupted;

    public WaitingThread(WaitGraph graph, Performer performer, EngineSettings settings, Purpose purpose) {
        this.graph = graph;
        this.performer = performer;
        this.settings = settings;
        this.purpose = purpose;
        this.deadlines = new Deadlines(settings.nanoTime());
    }

    /** What this wait holds up, innermost first. */
    List<HoldsUp> inside() {
        return inside;
    }

    long idlePeriod() {
        return idlePeriod;
    }

    /**
     * Begins the deregistrations once it is known to the modules, and waits for all of them. So each callback that they lead
     * to is passed on by this thread, however fast the other sides are. A module that cannot complete before this thread
     * returns from a callback is reported and not waited for (C6).
     *
     * @param modules the modules, each once
     * @param timeouts how long to wait for each, from now
     * @param beginning begins the deregistrations
     * @param overdue asked with no lock held how much longer to wait for modules whose time has passed
     * @return SUCCESS if all are complete; else the worst of TIMEOUT and POSSIBLE_DEADLOCK
     */
    public NmrStatus await(
            Collection<NetworkModule> modules,
            Function<NetworkModule, Duration> timeouts,
            Runnable beginning,
            Overdue overdue) {
        WaitingThread outer = graph.enter(this);
        setNestedOf(outer, this);
        try {
            modules.forEach(module -> add(module, timeouts.apply(module)));
            beginning.run();
            passOn(overdue);
        } finally {
            remaining().forEach(this::remove);
            graph.leave(outer);
            setNestedOf(outer, null);
            if (!inside.isEmpty()) {
                graph.remove(this);
            }
            inbox.forEach(performer::execute);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return locked(() -> shortfall);
    }

    private static void setNestedOf(WaitingThread outer, WaitingThread nested) {
        if (outer != null) {
            outer.locked(() -> outer.nested = nested);
        }
    }

    private void add(NetworkModule module, Duration timeout) {
        if (!inside.isEmpty() && !graph.tryAdd(this, module)) {
            refuse(module);
            return;
        }
        ModuleState met = module.addWaiter(this, () -> added(module, timeout));
        if (met == ModuleState.ABANDONED) {
            fallShort(NmrStatus.TIMEOUT);
        }
    }

    /** Inside a callback, what is due may stand behind that very callback in the queue of an outer wait. */
    private void added(NetworkModule module, Duration timeout) {
        locked(() -> {
            deadlines.set(module, timeout);
            return null;
        });
        if (!CallbackChain.isEmpty()) {
            module.dueEffects().forEach(this::hand);
        }
    }

    private void refuse(NetworkModule module) {
        switch (module.state()) {
            case NEW, REGISTERED, DEREGISTERING -> {
                fallShort(NmrStatus.POSSIBLE_DEADLOCK);
                settings.report(WaitGraph.deadlock(module, inside.get(0)));
            }
            case ABANDONED -> fallShort(NmrStatus.TIMEOUT);
            case DEREGISTERED -> { }
        }
    }

    private void passOn(Overdue overdue) {
        boolean goesOn = true;
        while (goesOn) {
            EffectTask effect = take();
            if (effect != null) {
                performer.execute(effect);
            } else {
                goesOn = outlast(overdue);
            }
        }
    }

    /** The next effect to pass on; null when all are complete or a deadline has passed. */
    private EffectTask take() {
        if (isToWait()) {
            becomeIdle();
            Spin.until(() -> signalled);
        }
        return locked(() -> {
            while (isToWait()) {
                await(deadlines.untilNext());
            }
            idlePeriod = 0;
            return inbox.poll();
        });
    }

    /** Whether there is nothing to do yet; forgets earlier signals. */
    private boolean isToWait() {
        return locked(() -> {
            signalled = false;
            return inbox.isEmpty() && !deadlines.isEmpty() && deadlines.untilNext() > 0;
        });
    }

    /** Under the lock. An interrupt does not end a wait that is bounded; it is kept for the caller. */
    private void await(long nanos) {
        try {
            becomeIdle();
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    private void becomeIdle() {
        if (purpose == Purpose.DRAIN && idlePeriod == 0) {
            idlePeriod = graph.nextIdlePeriod();
        }
    }

    /** Waits longer, or no longer, for modules whose time has passed; false if there is none left to wait for. */
    private boolean outlast(Overdue overdue) {
        List<NetworkModule> passed = locked(deadlines::passed);
        if (!passed.isEmpty()) {
            Duration more = overdue.passed(passed);
            passed.forEach(more.isNegative() || more.isZero() ? this::giveUp : module -> postpone(module, more));
        }
        return !remaining().isEmpty();
    }

    private void giveUp(NetworkModule module) {
        remove(module);
        if (!inside.isEmpty()) {
            graph.remove(this, module);
        }
    }

    /** The module is not waited for any longer; the wait falls short if it is not complete. */
    private void remove(NetworkModule module) {
        module.removeWaiter(this, () -> abandoned(module));
    }

    private List<NetworkModule> remaining() {
        return locked(deadlines::modules);
    }

    private void postpone(NetworkModule module, Duration more) {
        locked(() -> {
            deadlines.postpone(module, more);
            return null;
        });
    }

    @Override
    public void hand(EffectTask effect) {
        locked(() -> {
            if (nested != null) {
                nested.hand(effect);
            } else {
                inbox.add(effect);
                signal();
            }
            return null;
        });
    }

    @Override
    public void completed(Registration module) {
        end(module, NmrStatus.SUCCESS);
    }

    @Override
    public void abandoned(Registration module) {
        end(module, NmrStatus.TIMEOUT);
    }

    private void end(Registration module, NmrStatus status) {
        locked(() -> {
            if (deadlines.remove(module) && !status.isSuccess()) {
                fallShort(status);
            }
            if (deadlines.isEmpty()) {
                signal();
            }
            return null;
        });
    }

    private void signal() {
        signalled = true;
        changed.signal();
    }

    private void fallShort(NmrStatus status) {
        locked(() -> {
            if (!shortfall.equals(NmrStatus.POSSIBLE_DEADLOCK)) {
                shortfall = status;
            }
            return null;
        });
    }

    private <T> T locked(Supplier<T> look) {
        Spin.lock(lock);
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }
}
