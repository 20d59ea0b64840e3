package io.nmr.engine;

import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.EngineEvent.OfModule.Kind;
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
 *   NEW -> DEREGISTERED                 (deregistered before it was registered; nothing is told of it)
 * </pre>
 *
 * <p><b>Threading.</b> Everything mutable is guarded by the lock of the NPI. The characteristics are read without it
 * inside callbacks: they are there while a binding is (R7), and a callback belongs to a binding.
 */
abstract sealed class NetworkModule extends Node implements HoldsUp permits ClientModule, ProviderModule {

    final ModuleName name;
    final Npi npi;
    final NodeList<Side> sides = new NodeList<>();

    private RegistrationInstance instance;
    private ModuleState state = ModuleState.NEW;
    private long since;

    /** Its place among the modules of its role, from 1; 0 if it was never registered. */
    private long position;

    private List<Waiter> waiters = List.of();
    private StageCompletion stage;

    /** One of its bindings was given up by itself while it deregistered: it waits for none that is overdue. */
    private boolean givenUp;

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

    abstract List<Offer> addTo(Npi npi, Effects effects);

    abstract void removeFrom(Npi npi);

    /** What tells the module that its deregistration begins, or null. */
    abstract DeregisterNotice deregisterNotice();

    /** Drops the characteristics and the registration context (R7). */
    abstract void forgetCharacteristics();

    final ModuleState state() {
        assert npi.isLocked();
        return state;
    }

    @Override
    final long position() {
        return position;
    }

    /** Inside {@code Npi.look}. */
    final ModuleSnapshot look() {
        return new ModuleSnapshot(calledNow(), state, since, sides.sizeSeen());
    }

    /** Its name; with that of the NPI if a module that came later was the first to give it one. */
    final ModuleName calledNow() {
        return name.npiName() == null && npi.name != null ? name.inNpi(npi.name) : name;
    }

    private void enter(ModuleState next, Effects effects) {
        state = next;
        since = effects.now();
    }

    private boolean wasRegistered() {
        return position != 0;
    }

    /**
     * The offers to make, or null if it was deregistered before. If it fails, for want of memory, the module is
     * deregistered and whoever had been matched with it is as before.
     */
    final List<Offer> register(Effects effects) {
        if (state() != ModuleState.NEW) {
            return null;
        }
        enter(ModuleState.REGISTERED, effects);
        position = npi.nextPosition();
        effects.tell(Kind.REGISTERED, this);
        try {
            return addTo(npi, effects);
        } catch (Throwable t) {
            withdraw(effects);
            throw t;
        }
    }

    /** Ends what was matched and not yet offered, without a list of it: that would take memory. */
    private void withdraw(Effects effects) {
        enter(ModuleState.DEREGISTERING, effects);
        for (Side side = sides.first(); side != null; side = sides.first()) {
            side.binding().deregister(side, effects);
        }
        completeIfClean(effects);
    }

    /** Begins the deregistration (D1); false if it had begun before. */
    final boolean deregister(Effects effects) {
        boolean begins = state() == ModuleState.NEW || state == ModuleState.REGISTERED;
        if (begins) {
            // These take memory: where there is none, nothing has begun, and it can be asked for again.
            List<Side> detaching = sides.snapshot();
            detaching.forEach(side -> side.binding().prepareToLeave());
            telling = wasRegistered() ? deregisterNotice() : null;
            enter(ModuleState.DEREGISTERING, effects);
            if (wasRegistered()) {
                effects.tell(Kind.DEREGISTERING, this);
            }
            if (telling != null) {
                effects.add(telling, this, null);
            }
            detaching.forEach(side -> side.binding().deregister(side, effects));
            completeIfClean(effects);
        }
        return begins;
    }

    /** The module knows: nothing of it is called any more but what its bindings lead to. */
    final Void told(Effects effects) {
        assert npi.isLocked();
        telling = null;
        completeIfClean(effects);
        return null;
    }

    /** What tells it, once more, where that is still to be performed, or being performed. */
    final Optional<Effect> untold() {
        assert npi.isLocked();
        return Optional.ofNullable(telling).map(DeregisterNotice::again);
    }

    /** Inside the callback that tells it, the deregistration cannot complete. */
    @Override
    public final boolean holdsUp(NetworkModule module) {
        return module == this;
    }

    /** Nobody waits any longer: what is still detaching is overdue, and goes on by itself. */
    final void abandon(Effects effects) {
        if (state() == ModuleState.DEREGISTERING) {
            enter(ModuleState.ABANDONED, effects);
            effects.tell(Kind.ABANDONED, this);
            for (Side side = sides.first(); side != null; side = sides.after(side)) {
                side.binding().becomeOverdue(effects);
            }
            for (int i = 0; i < waiters.size(); i++) {
                waiters.get(i).abandoned(this);
            }
            waiters = List.of();
        }
    }

    /** One of its bindings was given up by itself: with the last of the others there is nothing left to wait for. */
    final void givesUpOne(Effects effects) {
        givenUp |= state() == ModuleState.DEREGISTERING;
        abandonIfAllGivenUp(effects);
    }

    /** Without {@code givenUp} it waits for overdue ones, too: those of others that are gone, but its own calls. */
    private void abandonIfAllGivenUp(Effects effects) {
        if (givenUp && !sides.isEmpty() && !sides.anyMatch(side -> !side.binding().isOverdue())) {
            abandon(effects);
        }
    }

    final void ended(Side side, Effects effects) {
        assert npi.isLocked();
        sides.remove(side);
        completeIfClean(effects);
        abandonIfAllGivenUp(effects);
    }

    private void completeIfClean(Effects effects) {
        boolean deregistering = state == ModuleState.DEREGISTERING || state == ModuleState.ABANDONED;
        if (!deregistering || telling != null || !sides.isEmpty()) {
            return;
        }
        state = ModuleState.DEREGISTERED;
        if (wasRegistered()) {
            removeFrom(npi);
            effects.tell(Kind.DEREGISTERED, this);
        }
        instance = null;
        forgetCharacteristics();
        if (stage != null) {
            effects.add(stage, this, null);
        }
        for (int i = 0; i < waiters.size(); i++) {
            waiters.get(i).completed(this);
        }
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
        return npi.<StageCompletion>commit(effects -> {
            if (stage == null) {
                stage = new StageCompletion(name, state == ModuleState.DEREGISTERED
                        ? CompletableFuture.completedFuture(NmrStatus.SUCCESS)
                        : new CompletableFuture<>());
            }
            return stage;
        }).stage();
    }

    @Override
    public final String toString() {
        return name + ", " + npi;
    }
}
