package io.nmr.engine.state;

import io.nmr.api.Registration;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarEvent.OfBinding.Kind;
import io.nmr.api.runtime.Role;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.state.Phase.Input;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One client attached, attaching or detaching to one provider: the one writer of its {@link Phase}. Its two
 * {@link Side}s write their {@link SideState}s.
 *
 * <p><b>States.</b> The phase, and the states of the sides. {@code attaching} is the thread inside the client's attach
 * callback; it is set in the six phases of an attachment under way. {@code leaving} is null until one of the modules
 * leaves.
 *
 * <p><b>Threading.</b> Guarded by the lock of the NPI. Public methods take it; the others run inside a commit. No method
 * calls foreign code.
 */
public final class Binding implements HoldsUp {

    private final long id;
    private final Side client;
    private final Side provider;
    private Phase phase = Phase.OFFERED;
    private Thread attaching;
    private Leaving leaving;

    /** Inside the commit that matches the two modules. */
    Binding(long id, NetworkModule clientModule, NetworkModule providerModule) {
        this.id = id;
        this.client = Side.of(this, clientModule);
        this.provider = Side.of(this, providerModule);
        clientModule.sides().add(client);
        providerModule.sides().add(provider);
    }

    public long id() {
        return id;
    }

    public Side client() {
        return client;
    }

    public Side provider() {
        return provider;
    }

    /** Both sides, the client's first. */
    public List<Side> sides() {
        return List.of(client, provider);
    }

    NpiGroup group() {
        return client.module().group();
    }

    Phase phase() {
        assert group().isLocked();
        return phase;
    }

    /** The effect that makes its offer. */
    public Effect offer() {
        return Effect.of(EffectKind.OFFER, client);
    }

    /** Claims the offer for this thread; false if another has, or if it was withdrawn. */
    public boolean claimOffer() {
        return group().locked(() -> {
            boolean due = phase == Phase.OFFERED;
            if (due) {
                advance(Input.OFFER);
                attaching = Thread.currentThread();
            }
            return due;
        });
    }

    /** Waits until its offer has been answered or withdrawn (R9). */
    public void awaitAnswer() {
        group().awaitAnswer(() -> phase != Phase.OFFERED && !phase.isInsideCallbackOf(Role.CLIENT));
    }

    /** The client called attach. */
    public ConnectAnswer connect(Object clientContext) {
        return group().locked(() -> {
            if (attaching != Thread.currentThread() || phase.next(Input.CONNECT) == null) {
                return phase == Phase.ATTACHING_DOOMED && attaching == Thread.currentThread() ? ConnectAnswer.DOOMED : ConnectAnswer.MISUSED;
            }
            advance(Input.CONNECT);
            client.setContext(clientContext);
            return ConnectAnswer.LEGAL;
        });
    }

    /** The provider accepted. */
    public void accept(Object providerContext) {
        group().commit(commit -> {
            advance(Input.ACCEPT);
            provider.setContext(providerContext);
            commit.publish(Kind.ATTACHED, this);
            return null;
        });
    }

    /** The provider refused; the client may ask again (A6). */
    public void refuse() {
        group().locked(() -> {
            advance(Input.REFUSE);
            client.setContext(null);
            provider.forget();
            return null;
        });
    }

    /** The client's attach callback returned, with success or without. The answer is the phase before. */
    public Phase endOffer(boolean success) {
        return group().commit(commit -> {
            Phase before = phase;
            attaching = null;
            advance(success ? Input.CONFIRM : Input.DECLINE);
            switch (phase) {
                case GONE -> end(Kind.REFUSED, commit);
                case DETACHING -> beginDetach(Role.CLIENT, commit);
                case OFFERED, ATTACHING, ATTACHING_DOOMED, CONNECTING, CONNECTING_DOOMED, ACCEPTED, ACCEPTED_DOOMED,
                        ATTACHED, CLEANING -> { }
            }
            group().signalAnswer();
            return before;
        });
    }

    /** Whether {@code side} is inside its attach callback, on this thread. */
    boolean isAttaching(Side side) {
        return phase().isInsideCallbackOf(side.role()) && attaching == Thread.currentThread();
    }

    /** The module of {@code side} deregisters (D1). */
    void deregister(Side side, Commit commit) {
        Phase before = phase();
        advance(Input.DEREGISTER);
        switch (phase) {
            case GONE -> {
                end(Kind.REFUSED, commit);
                group().signalAnswer();
            }
            case DETACHING -> {
                if (before == Phase.ATTACHED) {
                    beginDetach(side.role(), commit);
                }
            }
            case ATTACHING_DOOMED, CONNECTING_DOOMED, ACCEPTED_DOOMED -> leaves(side.role(), commit);
            case OFFERED, ATTACHING, CONNECTING, ACCEPTED, ATTACHED, CLEANING -> { }
        }
    }

    private void leaves(Role first, Commit commit) {
        if (leaving == null) {
            leaving = new Leaving(first, commit.now(), false);
        }
    }

    /** The side whose module left first is told first (D2). */
    private void beginDetach(Role begins, Commit commit) {
        leaves(begins, commit);
        commit.publish(Kind.DETACHING, this);
        sidesAsTheyLeave().forEach(side ->
                side.begin(SideState.Input.DETACH, EffectKind.DETACH_NOTICE, commit));
    }

    /** A side has completed its detach: when both have, and not before, both clean up (C1). */
    void sideDetached(Commit commit) {
        if (client.state() == SideState.DETACHED && provider.state() == SideState.DETACHED) {
            advance(Input.ALL_DETACHED);
            sidesAsTheyLeave().forEach(side ->
                    side.begin(SideState.Input.CLEAN_UP, EffectKind.CLEANUP, commit));
        }
    }

    /** A side's cleanup callback was called: when both were, the binding is gone. */
    void sideClean(Commit commit) {
        if (client.state() == SideState.CLEAN && provider.state() == SideState.CLEAN) {
            advance(Input.ALL_CLEAN);
            end(Kind.DETACHED, commit);
        }
    }

    private void end(Kind how, Commit commit) {
        commit.publish(how, this);
        client.end(commit);
        provider.end(commit);
    }

    /** The side that left first comes first (D2); none while no module leaves. */
    List<Side> sidesAsTheyLeave() {
        assert group().isLocked();
        if (leaving == null) {
            return List.of();
        }
        return leaving.first() == Role.CLIENT ? sides() : List.of(provider, client);
    }

    boolean isOverdue() {
        assert group().isLocked();
        return leaving != null && leaving.overdue();
    }

    /** Only of one that leaves: its module is abandoned, or the binding is. */
    void becomeOverdue(Commit commit) {
        if (!isOverdue()) {
            leaving = leaving.asOverdue();
            commit.publish(Kind.OVERDUE, this);
        }
    }

    /** Gives up waiting for it (O3); false, and nothing changes, if it does not leave, or is overdue already. */
    public boolean abandon() {
        return group().commit(commit -> {
            boolean legal = phase != Phase.GONE && leaving != null && !leaving.overdue();
            if (legal) {
                becomeOverdue(commit);
                client.module().givesUpOne(commit);
                provider.module().givesUpOne(commit);
            }
            return legal;
        });
    }

    /**
     * Forgets it without calling its modules again (O3); false, and nothing changes, if it is not overdue, or not yet
     * attached, or gone.
     */
    public boolean drop() {
        return group().commit(commit -> {
            boolean legal = isOverdue() && phase.next(Input.DROP) != null;
            if (legal) {
                client.advance(SideState.Input.DROP, commit);
                provider.advance(SideState.Input.DROP, commit);
                advance(Input.DROP);
                end(Kind.DROPPED, commit);
            }
            return legal;
        });
    }

    /** How long it has been on its way out. */
    Duration leavingFor(long now) {
        return leaving == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, now - leaving.since()));
    }

    /** It as it is now; empty if it has ended. */
    public Optional<BindingSnapshot> snapshot() {
        long now = group().registry().settings().nanoTime().getAsLong();
        return group().locked(() -> phase == Phase.GONE ? Optional.empty() : Optional.of(new BindingSnapshot(
                id, phase.shown(), isOverdue(), leavingFor(now), client.snapshot(phase), provider.snapshot(phase))));
    }

    /** The calls in progress of both sides, as far as they are tracked; empty if the binding has ended. */
    public OptionalLong callsInProgress() {
        return group().locked(() -> phase == Phase.GONE
                ? OptionalLong.empty()
                : OptionalLong.of(client.callsInProgress().orElse(0) + provider.callsInProgress().orElse(0)));
    }

    /** A binding that was dropped holds nothing up, whatever its modules still do. */
    @Override
    public boolean holdsUp(Registration module) {
        boolean isOurs = client.module() == module || provider.module() == module;
        return isOurs && group().locked(() -> phase != Phase.GONE);
    }

    private void advance(Input input) {
        assert group().isLocked();
        Phase next = phase.next(input);
        if (next == null) {
            throw new AssertionError(this + ": no transition from " + phase + " on " + input);
        }
        phase = next;
    }

    @Override
    public String toString() {
        return "binding " + id + " of " + group() + " between " + client.module().ref() + " and " + provider.module().ref();
    }
}
