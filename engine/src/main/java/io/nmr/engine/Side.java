package io.nmr.engine;

import io.nmr.api.CallGate;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.engine.Incident.Kind;
import io.nmr.engine.SideState.Input;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One side of a binding, and its handle.
 *
 * <p><b>Threading.</b> Everything mutable is guarded by the lock of the NPI, but for two. The context is read by callbacks
 * without it: it is written before the binding is accepted and dropped after the last callback. The gate is announced
 * without it, by the attaching thread, which commits the attachment after that; only then do others write it, to drop it.
 * {@link EngineView} looks at all of it without the lock.
 */
abstract sealed class Side extends Node permits ClientSide, ProviderSide {

    final NetworkModule module;

    private Object context;
    private CallGate.Closer gate;

    /** The ordinal of a {@link SideState}: with a reference, a side would take eight bytes more (G7). */
    private byte state = (byte) SideState.IDLE.ordinal();

    /** The gate has completed this side, and its own completion, for the same last exit, has not come yet (D9). */
    private boolean ownCompletionMayCome;

    Side(NetworkModule module) {
        this.module = module;
    }

    /** What it is a side of: that is also the client's side. */
    abstract Binding binding();

    abstract Role role();

    abstract Side peer();

    /** The detach callback with all that it needs, taken before it is claimed: a drop may come once it is. */
    abstract Supplier<NmrStatus> detachCallback();

    /** As {@link #detachCallback}. */
    abstract Supplier<Void> cleanupCallback();

    /** The name of the detach callback, for messages. */
    abstract String detachName();

    /** The name of the cleanup callback, for messages. */
    abstract String cleanupName();

    final SideState state() {
        assert npi().isLocked();
        return SideState.of(state);
    }

    /** Null outside the span of the binding. */
    final Object context() {
        return context;
    }

    final void setContext(Object context) {
        assert npi().isLocked();
        this.context = context;
    }

    @Override
    final long position() {
        return binding().id;
    }

    /** Inside {@code Npi.look}. */
    final BindingSnapshot.SideSnapshot look() {
        return new BindingSnapshot.SideSnapshot(module.calledNow(), SideState.of(state), callsInProgress(gate));
    }

    /** Any thread; may be stale, and null once it is dropped. */
    final CallGate.Closer gateSeen() {
        return gate;
    }

    /** Any thread; may be stale. */
    final long callsInProgressSeen() {
        return callsInProgress(gate).orElse(0);
    }

    private static OptionalLong callsInProgress(CallGate.Closer gate) {
        return gate == null ? OptionalLong.empty() : OptionalLong.of(gate.gate().inProgress());
    }

    /** Whether this side announced the gate of this number. */
    final boolean counts(long number) {
        assert npi().isLocked();
        return gate != null && gate.gate().number() == number;
    }

    /** Drops what belongs to the module (R7). */
    final void forget() {
        assert npi().isLocked();
        context = null;
        gate = null;
    }

    /** {@code announce} of the handle. */
    public final void announce(CallGate.Closer gate) {
        Objects.requireNonNull(gate, "gate");
        if (!tryAnnounce(gate)) {
            throw misuse("announce", "once, inside the attach callback and on its thread");
        }
    }

    private boolean tryAnnounce(CallGate.Closer gate) {
        boolean first = this.gate == null && binding().isAttaching(this);
        if (first) {
            VarHandle.releaseFence(); // so that whoever looks without the lock sees the gate as it was made
            this.gate = gate;
        }
        return first;
    }

    /** {@code detachComplete} of the handle (D5, D6). */
    public final void detachComplete() {
        if (!tryCommit(Input.COMPLETE) && !isOwnCompletionInStead()) {
            throw misuse("detachComplete", "once, after the detach callback was called and unless it answers SUCCESS");
        }
    }

    /** Claims the detach callback for this thread, in a critical section of its own; false if it is not due. */
    final boolean claimDetach() {
        return npi().decide(this, side -> side.claim(Input.CALL_DETACH));
    }

    /** As {@link #claimDetach}. */
    final boolean claimCleanup() {
        return npi().decide(this, side -> side.claim(Input.CALL_CLEANUP));
    }

    private boolean claim(Input call) {
        SideState next = state().next(call);
        if (next != null) {
            state = (byte) next.ordinal(); // leads to nothing but the call
        }
        return next != null;
    }

    /** Commits {@code input} in a critical section of its own; false, and nothing changes, where that is not legal. */
    final boolean tryCommit(Input input) {
        return npi().commit(effects -> tryCommit(input, effects));
    }

    final boolean tryCommit(Input input, Effects effects) {
        SideState next = state().next(input);
        if (next == null) {
            return false;
        }
        moveTo(next, effects);
        return true;
    }

    /** The gate of a side whose detach callback failed is drained; nothing to do where the side has completed itself. */
    final void completeInStead(boolean ownCompletionMayCome) {
        npi().commit(effects -> {
            SideState next = state().next(Input.GATE_DRAINED);
            if (next != null) {
                this.ownCompletionMayCome = ownCompletionMayCome;
                moveTo(next, effects);
            }
            return null;
        });
    }

    private boolean isOwnCompletionInStead() {
        return npi().decide(this, side -> {
            boolean comes = side.ownCompletionMayCome;
            side.ownCompletionMayCome = false;
            return comes;
        });
    }

    final void beginDetach(Effects effects) {
        advance(Input.DETACH, effects);
        effects.add(binding().leaving().detachNotice(role()), module, peer().module);
    }

    final void beginCleanup(Effects effects) {
        advance(Input.CLEAN_UP, effects);
        effects.add(binding().leaving().cleanup(role()), module, peer().module);
    }

    final boolean isDropped() {
        return npi().decide(this, side -> side.state() == SideState.DROPPED);
    }

    /** What is due and not yet called, once more, for a thread that cannot wait until somebody else gets to it. */
    final Effect due() {
        return switch (state()) {
            case DETACH_DUE -> new DetachNotice(this);
            case CLEANUP_DUE -> new Cleanup(this);
            case IDLE, DETACH_CALLED, COMPLETED_EARLY, PENDING, LEFT_TO_GATE, DETACHED, CLEANUP_CALLED, CLEAN,
                    DROPPED -> null;
        };
    }

    /** Answers the state before. */
    final SideState commit(Input input, Effects effects) {
        SideState before = state();
        advance(input, effects);
        return before;
    }

    private void advance(Input input, Effects effects) {
        SideState next = state().next(input);
        if (next == null) {
            throw new AssertionError(binding() + ", " + role() + ": no transition from " + state() + " on " + input);
        }
        moveTo(next, effects);
    }

    private void moveTo(SideState next, Effects effects) {
        assert npi().isLocked();
        state = (byte) next.ordinal();
        switch (next) {
            case DETACHED -> binding().sideDetached(effects);
            case CLEAN -> binding().sideClean(effects);
            case IDLE, DETACH_DUE, DETACH_CALLED, COMPLETED_EARLY, PENDING, LEFT_TO_GATE, CLEANUP_DUE,
                    CLEANUP_CALLED, DROPPED -> { }
        }
    }

    /** Reports that a callback of this side failed; {@code what} says what it did and what follows. */
    final void blame(String rule, String what, Throwable cause) {
        Kind kind = cause == null ? Kind.PROTOCOL_ERROR : Kind.CALLBACK_FAILED;
        report(kind, rule + ": " + module.name + " " + what + " [" + binding() + "]", rule, cause);
    }

    final NmrException misuse(String method, String expected) {
        String where = npi().decide(this, side -> side.binding().phase() + " and on this side " + side.state());
        NmrException error = new NmrException(
                NmrStatus.INVALID_PARAMETER,
                method + " by " + module.name + " on " + binding() + ", which is " + where
                        + ", changes nothing: expected " + expected);
        report(Kind.PROTOCOL_ERROR, error.getMessage(), "D6", error);
        return error;
    }

    final void report(Kind kind, String message, String rule, Throwable cause) {
        npi().registry.settings.report(new Incident(kind, rule, module.name, message, cause));
    }

    final Npi npi() {
        return module.npi;
    }
}
