package io.nmr.engine.state;

import io.nmr.api.ClientRegistration;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent.OfModule.Kind;
import io.nmr.api.runtime.Role;
import io.nmr.engine.spi.EffectKind;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * One registration of one module, and its handle.
 *
 * <p><b>States.</b>
 *
 * <pre>
 *   NEW → REGISTERED → DEREGISTERING [→ ABANDONED] → DEREGISTERED
 *   NEW → DEREGISTERED                 (deregistered before it was registered)
 * </pre>
 *
 * <p><b>Threading.</b> Guarded by the lock of the NPI. Public methods take it; the others run inside a commit. A callback
 * reads the declaration without it: a callback belongs to a binding, and the declaration is there while a binding is (R7).
 */
public final class NetworkModule implements ClientRegistration, ProviderRegistration, HoldsUp {

    /** What becomes of the notice that the deregistration begins (D1). */
    private enum Notice { NONE, DUE, CALLED }

    private final Identity identity;
    private final NpiGroup group;
    private final IndexedList<Side> sides = new IndexedList<>();

    private Declaration declaration;
    private ModuleState state = ModuleState.NEW;
    private long since;
    private Notice notice = Notice.NONE;
    private final Waiters waiters = new Waiters();
    private CompletableFuture<NmrStatus> stage;

    /** One of its bindings was abandoned by itself while it deregistered: it waits for no overdue one. */
    private boolean givenUp;

    NetworkModule(Identity identity, NpiGroup group, Declaration declaration) {
        this.identity = identity;
        this.group = group;
        this.declaration = declaration;
    }

    public NpiGroup group() {
        return group;
    }

    public Role role() {
        return identity.role();
    }

    /** The bundle that it comes from; null in plain Java. */
    BundleRef bundle() {
        return identity.bundle();
    }

    IndexedList<Side> sides() {
        return sides;
    }

    /** What the module registered; null once it is deregistered (R7). */
    public Declaration declaration() {
        return declaration;
    }

    /** Its name in messages, snapshots and events; it holds nothing of the module. */
    public ModuleRef ref() {
        return identity.ref(group.guid(), group.nameOrGuid());
    }

    /** Its state; may be stale. */
    public ModuleState state() {
        return group.locked(() -> state);
    }

    boolean isRegistered() {
        return state == ModuleState.REGISTERED;
    }

    /** Registers it. The answer is the offers to make; empty if it was deregistered before. */
    public Optional<List<Binding>> register() {
        return group.commit(commit -> {
            if (state != ModuleState.NEW) {
                return Optional.empty();
            }
            enter(ModuleState.REGISTERED, commit);
            commit.publish(Kind.REGISTERED, this);
            return Optional.of(group.add(this, commit));
        });
    }

    /** Begins the deregistration (D1); false if it had begun before. The caller performs the commit. */
    public boolean deregister(Commit commit) {
        return group.commit(this::beginDeregistration, commit);
    }

    private boolean beginDeregistration(Commit commit) {
        switch (state) {
            case NEW -> complete(commit);
            case REGISTERED -> {
                enter(ModuleState.DEREGISTERING, commit);
                commit.publish(Kind.DEREGISTERING, this);
                giveNotice(commit);
                sides.snapshot().forEach(side -> side.binding().deregister(side, commit));
                completeIfClean(commit);
            }
            case DEREGISTERING, ABANDONED, DEREGISTERED -> {
                return false;
            }
        }
        return true;
    }

    private void giveNotice(Commit commit) {
        if (role() == Role.CLIENT) {
            notice = Notice.DUE;
            commit.add(Effect.of(EffectKind.DEREGISTER_NOTICE, this), this, null);
        }
    }

    /** Claims the notice that the deregistration begins; false if it is not due. */
    public boolean claimNotice() {
        return group.locked(() -> {
            boolean due = notice == Notice.DUE;
            if (due) {
                notice = Notice.CALLED;
            }
            return due;
        });
    }

    /** The module has been told. From now on only its bindings keep the deregistration from being complete. */
    public void noticed() {
        group.commit(commit -> {
            notice = Notice.NONE;
            completeIfClean(commit);
            return null;
        });
    }

    /** Inside the callback that tells it, the deregistration cannot complete. */
    @Override
    public boolean holdsUp(Registration module) {
        return module == this;
    }

    /** Ends all waits: its bindings that still detach are overdue, and go on by themselves. */
    public void abandon() {
        group.commit(commit -> {
            abandon(commit);
            return null;
        });
    }

    private void abandon(Commit commit) {
        if (state == ModuleState.DEREGISTERING) {
            enter(ModuleState.ABANDONED, commit);
            commit.publish(Kind.ABANDONED, this);
            sides.snapshot().forEach(side -> side.binding().becomeOverdue(commit));
            waiters.end(waiter -> waiter.abandoned(this));
        }
    }

    /** One of its bindings was abandoned by itself: with the last of the others there is nothing left to wait for. */
    void givesUpOne(Commit commit) {
        givenUp |= state == ModuleState.DEREGISTERING;
        abandonIfAllGivenUp(commit);
    }

    private void abandonIfAllGivenUp(Commit commit) {
        if (givenUp && !sides.isEmpty() && !sides.anyMatch(side -> !side.binding().isOverdue())) {
            abandon(commit);
        }
    }

    void ended(Side side, Commit commit) {
        assert group.isLocked();
        sides.remove(side);
        completeIfClean(commit);
        abandonIfAllGivenUp(commit);
    }

    private void completeIfClean(Commit commit) {
        boolean deregistering = state == ModuleState.DEREGISTERING || state == ModuleState.ABANDONED;
        if (deregistering && notice == Notice.NONE && sides.isEmpty()) {
            group.remove(this);
            commit.publish(Kind.DEREGISTERED, this);
            complete(commit);
        }
    }

    private void complete(Commit commit) {
        state = ModuleState.DEREGISTERED;
        declaration = null;
        if (stage != null) {
            commit.add(Effect.of(EffectKind.STAGE, this), this, null);
        }
        waiters.end(waiter -> waiter.completed(this));
        group.registry().release(group);
    }

    private void enter(ModuleState next, Commit commit) {
        state = next;
        since = commit.now();
    }

    /** The thread that gets this module's effects, or null. */
    Waiter waiter() {
        assert group.isLocked();
        return waiters.first();
    }

    /** Adds a waiter if the module is not complete or abandoned; {@code wait} runs under the same lock then. */
    public ModuleState addWaiter(Waiter waiter, Runnable wait) {
        return group.locked(() -> {
            if (state != ModuleState.DEREGISTERED && state != ModuleState.ABANDONED) {
                waiters.add(waiter);
                wait.run();
            }
            return state;
        });
    }

    /** Removes a waiter; {@code removed} runs under the same lock, so that nothing is handed over after it. */
    public void removeWaiter(Waiter waiter, Runnable removed) {
        group.locked(() -> {
            waiters.remove(waiter);
            removed.run();
            return null;
        });
    }

    /** The effects of it and its bindings that are due and not claimed; inside {@link #addWaiter}. */
    public List<Effect> dueEffects() {
        assert group.isLocked();
        Stream<Effect> own = notice == Notice.DUE
                ? Stream.of(Effect.of(EffectKind.DEREGISTER_NOTICE, this))
                : Stream.empty();
        Stream<Side> leaving = sides.snapshot().stream().flatMap(side -> side.binding().sidesAsTheyLeave().stream());
        return Stream.concat(own, leaving.flatMap(side -> side.due().stream())).toList();
    }

    /** Whether a side of one of its bindings, this module's or the other's, announced the gate of this number. */
    public boolean hasGate(long gate) {
        return group.locked(() -> sides.anyMatch(side -> side.counts(gate) || side.peer().counts(gate)));
    }

    /** Its sides as they are now. */
    public List<Side> sidesNow() {
        return group.locked(sides::snapshot);
    }

    /** It as it is now; empty if it is not registered, or its deregistration is complete. */
    public Optional<ModuleSnapshot> snapshot() {
        return group.locked(() -> switch (state) {
            case NEW, DEREGISTERED -> Optional.empty();
            case REGISTERED, DEREGISTERING, ABANDONED -> Optional.of(new ModuleSnapshot(
                    ref(), state, group.registry().settings().at(since), sides.size()));
        });
    }

    /** Completes the stage; runs the actions chained to it, with no lock held. */
    public void completeStage() {
        stage.complete(NmrStatus.SUCCESS);
    }

    @Override
    public CompletionStage<NmrStatus> deregistration() {
        return group.locked(() -> {
            if (stage == null) {
                stage = state == ModuleState.DEREGISTERED
                        ? CompletableFuture.completedFuture(NmrStatus.SUCCESS)
                        : new CompletableFuture<>();
            }
            return stage.minimalCompletionStage();
        });
    }

    @Override
    public String toString() {
        return ref() + ", " + group;
    }
}
