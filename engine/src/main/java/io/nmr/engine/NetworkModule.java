package io.nmr.engine;

import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One registration of one module.
 *
 * <p><b>States.</b>
 *
 * <pre>
 *   NEW -> REGISTERED -> DEREGISTERING [-> ABANDONED] -> DEREGISTERED
 *   NEW -> DEREGISTERED                 (deregistered before it was registered)
 * </pre>
 *
 * <p><b>Threading.</b> Everything mutable is guarded by the lock of the NPI. The characteristics are read without it
 * inside callbacks: they are there while a binding is (R7), and a callback belongs to a binding.
 */
abstract sealed class NetworkModule implements HoldsUp permits ClientModule, ProviderModule {

    /** The states of a registration; {@code ABANDONED} is deregistering, with nobody waiting for it any more. */
    enum State {
        NEW,
        REGISTERED,
        DEREGISTERING,
        ABANDONED,
        DEREGISTERED
    }

    final ModuleName name;
    final Npi npi;
    final SideList sides = new SideList();

    private RegistrationInstance instance;
    private State state = State.NEW;
    private List<Waiter> waiters = List.of();
    private CompletableFuture<NmrStatus> stage;

    /** Until the module has been told that its deregistration begins. */
    private DeregisterNotice telling;

    NetworkModule(ModuleName name, Npi npi, RegistrationInstance instance) {
        this.name = name;
        this.npi = npi;
        this.instance = instance;
    }

    /** What the other side is shown; only inside callbacks of a binding. */
    final RegistrationInstance instance() {
        return instance;
    }

    abstract List<Offer> addTo(Npi npi);

    /** What tells the module that its deregistration begins, or null. */
    abstract DeregisterNotice deregisterNotice();

    /** Drops the characteristics and the registration context (R7). */
    abstract void forgetCharacteristics();

    final State state() {
        assert npi.isLocked();
        return state;
    }

    /** The offers to make, or null if it was deregistered before. */
    final List<Offer> register() {
        if (state() != State.NEW) {
            return null;
        }
        state = State.REGISTERED;
        return addTo(npi);
    }

    /** Begins the deregistration (D1); false if it had begun before. */
    final boolean deregister(Effects effects) {
        boolean begins = state() == State.NEW || state == State.REGISTERED;
        if (begins) {
            boolean wasKnown = state == State.REGISTERED;
            state = State.DEREGISTERING;
            npi.remove(this);
            if (wasKnown) {
                tell(effects);
            }
            sides.snapshot().forEach(side -> side.binding.deregister(side, effects));
            completeIfClean(effects);
        }
        return begins;
    }

    private void tell(Effects effects) {
        telling = deregisterNotice();
        if (telling != null) {
            effects.add(telling, this, null);
        }
    }

    /** The module knows: nothing of it is called any more but what its bindings lead to. */
    final void told(Effects effects) {
        assert npi.isLocked();
        telling = null;
        completeIfClean(effects);
    }

    /** What tells it, where that is still to be performed, or being performed. */
    final Optional<Effect> untold() {
        assert npi.isLocked();
        return Optional.ofNullable(telling);
    }

    /** Inside the callback that tells it, the deregistration cannot complete. */
    @Override
    public final boolean holdsUp(NetworkModule module) {
        return module == this;
    }

    /** Nobody waits any longer: what is still detaching is overdue, and goes on by itself. */
    final void abandon() {
        if (state() == State.DEREGISTERING) {
            state = State.ABANDONED;
            sides.snapshot().forEach(side -> side.binding.setOverdue());
            waiters.forEach(waiter -> waiter.abandoned(this));
            waiters = List.of();
        }
    }

    final void ended(Side side, Effects effects) {
        assert npi.isLocked();
        sides.remove(side);
        completeIfClean(effects);
    }

    private void completeIfClean(Effects effects) {
        boolean deregistering = state == State.DEREGISTERING || state == State.ABANDONED;
        if (!deregistering || telling != null || !sides.isEmpty()) {
            return;
        }
        state = State.DEREGISTERED;
        instance = null;
        forgetCharacteristics();
        if (stage != null) {
            effects.add(new StageCompletion(name, stage), this, null);
        }
        waiters.forEach(waiter -> waiter.completed(this));
        waiters = List.of();
        npi.registry.release(npi);
    }

    /** The waiting thread that gets this module's effects, or null. */
    final Waiter waiter() {
        assert npi.isLocked();
        return waiters.isEmpty() ? null : waiters.get(0);
    }

    final void enrol(Waiter waiter) {
        assert npi.isLocked();
        if (waiters.isEmpty()) {
            waiters = new ArrayList<>(1);
        }
        waiters.add(waiter);
    }

    final void withdraw(Waiter waiter) {
        assert npi.isLocked();
        if (!waiters.isEmpty()) {
            waiters.remove(waiter);
        }
    }

    /** The public stage of {@code Registration}; what is done to the copy does not reach the original. */
    public final CompletionStage<NmrStatus> deregistration() {
        return npi.<CompletableFuture<NmrStatus>>commit(effects -> {
            if (stage == null) {
                stage = state == State.DEREGISTERED
                        ? CompletableFuture.completedFuture(NmrStatus.SUCCESS)
                        : new CompletableFuture<>();
            }
            return stage;
        }).minimalCompletionStage();
    }

    @Override
    public final String toString() {
        return name + ", " + npi;
    }
}
