package io.nmr.engine.state;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ModuleCharacteristics;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.api.runtime.Role;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.state.SideState.Input;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One side of a binding, and its handle: the one writer of its {@link SideState}. The handles of the two roles are of
 * different types, so a provider cannot attach.
 *
 * <p><b>Threading.</b> Guarded by the lock of the NPI. Public methods take it; the others run inside a commit.
 */
public abstract sealed class Side extends IndexedList.Element {

    /** The client's side. */
    private static final class OfClient extends Side implements ClientBindingHandle {

        OfClient(Binding binding, NetworkModule module) {
            super(binding, module);
        }

        @Override
        public AttachResult attach(Object bindingContext, Object dispatch) {
            return module().group().registry().performer().attach(this, bindingContext, dispatch);
        }
    }

    /** The provider's side. */
    private static final class OfProvider extends Side implements ProviderBindingHandle {

        OfProvider(Binding binding, NetworkModule module) {
            super(binding, module);
        }
    }

    /** A claimed callback, with all that it needs: the binding may be dropped while it runs. */
    public record Claim(ModuleCharacteristics callbacks, Object context) {}

    private final Binding binding;
    private final NetworkModule module;
    private Object context;
    private CallGate.Closer gate;
    private SideState state = SideState.IDLE;

    /** The gate has completed this side, and the side's own completion for the same last exit may still come (D9). */
    private boolean ownCompletionMayCome;

    static Side of(Binding binding, NetworkModule module) {
        return switch (module.role()) {
            case CLIENT -> new OfClient(binding, module);
            case PROVIDER -> new OfProvider(binding, module);
        };
    }

    private Side(Binding binding, NetworkModule module) {
        this.binding = binding;
        this.module = module;
    }

    public Binding binding() {
        return binding;
    }

    public NetworkModule module() {
        return module;
    }

    public Role role() {
        return module.role();
    }

    public Side peer() {
        return this == binding.client() ? binding.provider() : binding.client();
    }

    private NpiGroup group() {
        return module.group();
    }

    SideState state() {
        assert group().isLocked();
        return state;
    }

    Object context() {
        assert group().isLocked();
        return context;
    }

    void setContext(Object context) {
        assert group().isLocked();
        this.context = context;
    }

    /** Drops all that belongs to the module (R7). */
    void forget() {
        assert group().isLocked();
        context = null;
        gate = null;
    }

    /** {@code announce} of the handle (T). */
    public final void announce(CallGate.Closer announced) {
        Objects.requireNonNull(announced, "gate");
        if (!group().locked(() -> tryAnnounce(announced))) {
            throw misuse("announce", "once, inside the attach callback and on its thread");
        }
    }

    private boolean tryAnnounce(CallGate.Closer announced) {
        boolean legal = gate == null && binding.isAttaching(this);
        if (legal) {
            gate = announced;
        }
        return legal;
    }

    /** The gate that this side announced, or null. */
    public CallGate.Closer gate() {
        return group().locked(() -> gate);
    }

    /** The gate of a side that owes its detach; null if there is none, or it owes none. */
    public CallGate.Closer gateThatHoldsDetach() {
        return group().locked(() -> state.owesDetach() ? gate : null);
    }

    /** Whether this side announced the gate of this number. */
    boolean counts(long number) {
        assert group().isLocked();
        return gate != null && gate.gate().number() == number;
    }

    OptionalLong callsInProgress() {
        assert group().isLocked();
        return gate == null ? OptionalLong.empty() : OptionalLong.of(gate.gate().inProgress());
    }

    /** {@code detachComplete} of the handle (D5, D6). */
    public final void detachComplete() {
        if (!tryCommit(Input.COMPLETE) && !isOwnCompletionExpected()) {
            throw misuse("detachComplete", "once, after the detach callback was called and unless it answers SUCCESS");
        }
    }

    private boolean isOwnCompletionExpected() {
        return group().locked(() -> {
            boolean expected = ownCompletionMayCome;
            ownCompletionMayCome = false;
            return expected;
        });
    }

    /** Claims a callback for this thread; null if it is not due. */
    public Claim claim(Input call) {
        return group().locked(() -> {
            SideState next = state.next(call);
            if (next == null) {
                return null;
            }
            state = next;
            return new Claim(module.declaration().callbacks(), context);
        });
    }

    /** Commits {@code input}; the answer is the state before. */
    public SideState commit(Input input) {
        return group().commit(commit -> {
            SideState before = state;
            advance(input, commit);
            return before;
        });
    }

    /** Commits {@code input}; false, and nothing changes, where that is not legal. */
    public boolean tryCommit(Input input) {
        return group().commit(commit -> {
            SideState next = state.next(input);
            if (next != null) {
                moveTo(next, commit);
            }
            return next != null;
        });
    }

    /** The gate of a side whose detach callback failed is drained; changes nothing if the side has completed itself. */
    public void completeByGate(boolean ownCompletionMayCome) {
        group().commit(commit -> {
            SideState next = state.next(Input.GATE_DRAINED);
            if (next != null) {
                this.ownCompletionMayCome = ownCompletionMayCome;
                moveTo(next, commit);
            }
            return null;
        });
    }

    /** Commits {@code input} and adds the effect that it leads to. */
    void begin(Input input, EffectKind effect, Commit commit) {
        advance(input, commit);
        commit.add(Effect.of(effect, this), module, peer().module);
    }

    /** The binding has ended. */
    void end(Commit commit) {
        forget();
        module.ended(this, commit);
    }

    void advance(Input input, Commit commit) {
        SideState next = state().next(input);
        if (next == null) {
            throw new AssertionError(binding + ", " + role() + ": no transition from " + state + " on " + input);
        }
        moveTo(next, commit);
    }

    private void moveTo(SideState next, Commit commit) {
        assert group().isLocked();
        state = next;
        switch (next) {
            case DETACHED -> binding.sideDetached(commit);
            case CLEAN -> binding.sideClean(commit);
            case IDLE, DETACH_DUE, DETACH_CALLED, COMPLETED_EARLY, PENDING, LEFT_TO_GATE, CLEANUP_DUE,
                    CLEANUP_CALLED, DROPPED -> { }
        }
    }

    /** The effect that is due and not claimed yet. */
    Optional<Effect> due() {
        return switch (state()) {
            case DETACH_DUE -> Optional.of(Effect.of(EffectKind.DETACH_NOTICE, this));
            case CLEANUP_DUE -> Optional.of(Effect.of(EffectKind.CLEANUP, this));
            case IDLE, DETACH_CALLED, COMPLETED_EARLY, PENDING, LEFT_TO_GATE, DETACHED, CLEANUP_CALLED, CLEAN,
                    DROPPED -> Optional.empty();
        };
    }

    public boolean isDropped() {
        return group().locked(() -> state == SideState.DROPPED);
    }

    SideSnapshot snapshot(Phase phase) {
        return new SideSnapshot(module.ref(), callsInProgress(), state().owes(phase, role()));
    }

    /** Reports that a callback of this side failed; {@code what} says what it did and what follows. */
    public void blame(String rule, String what, Throwable cause) {
        Kind kind = cause == null ? Kind.PROTOCOL_ERROR : Kind.CALLBACK_FAILED;
        report(kind, rule, rule + ": " + module.ref() + " " + what + " [" + binding + "]", cause);
    }

    /** Reports a call of attach at the wrong moment (A10). */
    public void blameMisusedAttach() {
        Phase phase = group().locked(binding::phase);
        report(
                Kind.PROTOCOL_ERROR,
                "A10",
                "A10: attach by " + module.ref() + " on " + binding + ", which is " + phase + ", changes nothing:"
                        + " expected inside attachProvider, on its thread, and not again once it succeeded",
                null);
    }

    private NmrException misuse(String method, String expected) {
        String where = group().locked(() -> binding.phase() + " and on this side " + state);
        NmrException error = new NmrException(
                NmrStatus.INVALID_PARAMETER,
                method + " by " + module.ref() + " on " + binding + ", which is " + where
                        + ", changes nothing: expected " + expected);
        report(Kind.PROTOCOL_ERROR, "D6", error.getMessage(), error);
        return error;
    }

    private void report(Kind kind, String rule, String message, Throwable cause) {
        group().registry().settings().report(new Incident(kind, rule, module.ref(), message, cause));
    }

    @Override
    public String toString() {
        return "the handle of " + module.ref() + " for " + binding;
    }
}
