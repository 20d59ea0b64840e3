package io.nmr.engine;

import io.nmr.engine.EngineEvent.OfBinding.Kind;
import io.nmr.engine.Phase.Input;
import java.time.Duration;
import java.util.List;

/**
 * One client attached, attaching or detaching to one provider: the one writer of its {@link Phase}, and through its two
 * {@link Side}s of their {@link SideState}s.
 *
 * <p><b>Memory.</b> There are as many as there are pairs of modules, so it is one object with its client's side (G7): what
 * it inherits is that side's alone, but for the NPI, and is asked through {@link #client}. What only some of them need, at the
 * end, is apart.
 *
 * <p><b>Threading.</b> Everything mutable is guarded by the lock of the NPI; methods that say so open its critical
 * section, the others run inside one. No method calls foreign code.
 *
 * <p><b>States.</b> The phase, the two side states and {@code leaving}, null until one of them is about to; {@code attaching} is
 * the thread inside the client's attach callback, so non-null in the six phases of an attachment under way, from the
 * first on.
 */
final class Binding extends ClientSide implements HoldsUp {

    /** What a client's call of attach meets. */
    enum Connect {
        LEGAL,
        /** One of the modules is going: the provider is not asked (D1, D8). */
        DOOMED,
        /** Not inside the callback, not its thread, or attached already (A10). */
        MISUSED
    }

    final long id;
    final ProviderSide provider;

    /** The ordinal of a {@link Phase}, as a side has its state. */
    private byte phase = (byte) Phase.OFFERED.ordinal();

    private Thread attaching;
    private Leaving leaving;

    Binding(long id, ClientModule clientModule, ProviderModule providerModule) {
        super(clientModule);
        this.id = id;
        this.provider = new ProviderSide(this, providerModule);
        clientModule.sides.add(client());
        providerModule.sides.add(provider);
    }

    @Override
    Binding binding() {
        return this;
    }

    ClientSide client() {
        return this;
    }

    Phase phase() {
        assert npi().isLocked();
        return Phase.of(phase);
    }

    boolean isOverdue() {
        assert npi().isLocked();
        return leaving != null && leaving.isOverdue();
    }

    /** Only of one that is leaving: its module deregisters, or it is given up by itself. */
    void becomeOverdue(Effects effects) {
        assert npi().isLocked();
        if (leaving.becomeOverdue()) {
            effects.tell(Kind.OVERDUE, this);
        }
    }

    /** Gives it up before its time (O3); false, and nothing changes, if it is not on its way out, or overdue already. */
    boolean abandon(Effects effects) {
        boolean legal = phase() != Phase.GONE && isLeaving() && !leaving.isOverdue();
        if (legal) {
            becomeOverdue(effects);
            client().module.givesUpOne(effects);
            provider.module.givesUpOne(effects);
        }
        return legal;
    }

    /**
     * Forgets it without calling its modules again (O3); false, and nothing changes, if it is not overdue, or not yet
     * attached, or gone.
     */
    boolean drop(Effects effects) {
        boolean legal = isOverdue() && phase().next(Input.DROP) != null;
        if (legal) {
            client().commit(SideState.Input.DROP, effects);
            provider.commit(SideState.Input.DROP, effects);
            advance(Input.DROP);
            end(Kind.DROPPED, effects);
        }
        return legal;
    }

    /** Under the lock, or inside {@code Npi.look}. */
    long leavingNanos(long now) {
        Leaving seen = leaving;
        return seen == null ? 0 : seen.nanos(now);
    }

    /** Inside {@code Npi.look}. */
    boolean isGoneSeen() {
        return Phase.of(phase) == Phase.GONE;
    }

    /** Inside {@code Npi.look}. */
    BindingSnapshot look(long now) {
        Leaving seen = leaving;
        return new BindingSnapshot(
                id,
                Phase.of(phase),
                seen != null && seen.isOverdue(),
                Duration.ofNanos(leavingNanos(now)),
                client().look(),
                provider.look());
    }

    /** Claims the offer for this thread if nobody has; answers the phase before, and opens a critical section. */
    Phase beginOffer() {
        return npi().decide(this, Binding::claimOffer);
    }

    private Phase claimOffer() {
        Phase before = phase();
        if (before == Phase.OFFERED) {
            advance(Input.OFFER);
            attaching = Thread.currentThread();
        }
        return before;
    }

    /** The client called attach; opens a critical section. */
    Connect connect(Object clientContext) {
        return npi().decide(clientContext, this::tryConnect);
    }

    private Connect tryConnect(Object clientContext) {
        if (attaching == Thread.currentThread() && phase() == Phase.ATTACHING_DOOMED) {
            return Connect.DOOMED;
        }
        if (attaching != Thread.currentThread() || phase() != Phase.ATTACHING) {
            return Connect.MISUSED;
        }
        advance(Input.CONNECT);
        client().setContext(clientContext);
        return Connect.LEGAL;
    }

    /** The provider accepted. */
    Void accepted(Object providerContext, Effects effects) {
        advance(Input.ACCEPT);
        provider.setContext(providerContext);
        effects.tell(Kind.ATTACHED, this);
        return null;
    }

    /** The provider refused, and may be asked again (A6). */
    Void refused(Effects effects) {
        advance(Input.REFUSE);
        client().setContext(null);
        provider.forget();
        return null;
    }

    /** The client's callback returned; answers the phase before, or null, and nothing changes, without memory for a failure. */
    Phase endOffer(boolean success, Effects effects) {
        Phase before = phase();
        if (before == Phase.ACCEPTED && !success && !canLeave()) {
            return null;
        }
        attaching = null;
        advance(success ? Input.CONFIRM : Input.DECLINE);
        switch (phase()) {
            case GONE -> end(Kind.REFUSED, effects);
            case DETACHING -> beginDetach(Role.CLIENT, effects);
            case OFFERED, ATTACHING, ATTACHING_DOOMED, CONNECTING, CONNECTING_DOOMED, ACCEPTED, ACCEPTED_DOOMED,
                    ATTACHED, CLEANING -> { }
        }
        return before;
    }

    private boolean canLeave() {
        try {
            prepareToLeave();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    /** Takes what memory its way out needs; if there is none, nothing has changed. */
    void prepareToLeave() {
        assert npi().isLocked();
        if (leaving == null && phase() != Phase.OFFERED) {
            leaving = new Leaving(this);
        }
    }

    /** The module of {@code side} deregisters (D1); prepared to leave unless it is merely offered. */
    void deregister(Side side, Effects effects) {
        Phase before = phase();
        advance(Input.DEREGISTER);
        switch (phase()) {
            case GONE -> end(Kind.REFUSED, effects);
            case DETACHING -> {
                if (before == Phase.ATTACHED) {
                    beginDetach(side.role(), effects);
                }
            }
            case ATTACHING_DOOMED, CONNECTING_DOOMED, ACCEPTED_DOOMED -> leaving.begin(side.role(), effects.now());
            case OFFERED, ATTACHING, CONNECTING, ACCEPTED, ATTACHED, CLEANING -> { }
        }
    }

    /** A side has completed its detach: when both have, and not before, both clean up (C1). */
    void sideDetached(Effects effects) {
        if (client().state() == SideState.DETACHED && provider.state() == SideState.DETACHED) {
            advance(Input.ALL_DETACHED);
            Side first = side(leaving.first());
            first.beginCleanup(effects);
            first.peer().beginCleanup(effects);
        }
    }

    /** A side's cleanup callback was called: when both were, the binding is gone. */
    void sideClean(Effects effects) {
        if (client().state() == SideState.CLEAN && provider.state() == SideState.CLEAN) {
            advance(Input.ALL_CLEAN);
            end(Kind.DETACHED, effects);
        }
    }

    /**
     * Whether {@code side} is inside its attach callback, on this thread. Needs no lock: only this thread writes itself
     * to {@code attaching}, and while it stands there others do no more to the phase than doom it.
     */
    boolean isAttaching(Side side) {
        boolean inside = switch (Phase.of(phase)) {
            case ATTACHING, ATTACHING_DOOMED, ACCEPTED, ACCEPTED_DOOMED -> side == client();
            case CONNECTING, CONNECTING_DOOMED -> true;
            case OFFERED, ATTACHED, DETACHING, CLEANING, GONE -> false;
        };
        return inside && attaching == Thread.currentThread();
    }

    private void beginDetach(Role begins, Effects effects) {
        leaving.begin(begins, effects.now());
        effects.tell(Kind.DETACHING, this);
        Side first = side(leaving.first());
        first.beginDetach(effects);
        first.peer().beginDetach(effects);
    }

    /** Its effects; only of one that is leaving. */
    Leaving leaving() {
        assert npi().isLocked();
        return leaving;
    }

    private boolean isLeaving() {
        return leaving != null && leaving.hasBegun();
    }

    private void end(Kind how, Effects effects) {
        effects.tell(how, this);
        client().forget();
        provider.forget();
        client().module.ended(client(), effects);
        provider.module.ended(provider, effects);
    }

    /** The side that left first is told first (D2); none while nobody leaves. */
    List<Side> sidesAsTheyLeave() {
        assert npi().isLocked();
        return isLeaving() ? List.of(side(leaving.first()), side(leaving.first().opposite())) : List.of();
    }

    /** One that was dropped holds nothing up, whatever of its modules is still under way. */
    @Override
    public boolean holdsUp(NetworkModule module) {
        boolean isOurs = client().module == module || provider.module == module;
        return isOurs && npi().decide(this, binding -> binding.phase() != Phase.GONE);
    }

    private Side side(Role role) {
        return role == Role.CLIENT ? client() : provider;
    }

    private void advance(Input input) {
        assert npi().isLocked();
        Phase next = phase().next(input);
        if (next == null) {
            throw new AssertionError(this + ": no transition from " + phase() + " on " + input);
        }
        phase = (byte) next.ordinal();
    }

    @Override
    public String toString() {
        return "binding " + id + " of " + npi() + " between " + client().module.name + " and " + provider.module.name;
    }
}
