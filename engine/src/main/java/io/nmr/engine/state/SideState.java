package io.nmr.engine.state;

import static io.nmr.engine.state.SideState.Input.CALL_CLEANUP;
import static io.nmr.engine.state.SideState.Input.CALL_DETACH;
import static io.nmr.engine.state.SideState.Input.CLEANED;
import static io.nmr.engine.state.SideState.Input.CLEAN_UP;
import static io.nmr.engine.state.SideState.Input.COMPLETE;
import static io.nmr.engine.state.SideState.Input.DETACH;
import static io.nmr.engine.state.SideState.Input.DROP;
import static io.nmr.engine.state.SideState.Input.FAIL;
import static io.nmr.engine.state.SideState.Input.GATE_DRAINED;
import static io.nmr.engine.state.SideState.Input.RETURN_PENDING;
import static io.nmr.engine.state.SideState.Input.RETURN_SUCCESS;

import io.nmr.api.runtime.Role;
import io.nmr.api.runtime.SideSnapshot.Owes;

/** What one side of a binding goes through once the binding detaches. */
public enum SideState {
    /** The binding is not detaching. */
    IDLE,
    /** The detach callback is to be called. */
    DETACH_DUE,
    /** The detach callback is under way. */
    DETACH_CALLED,
    /** As before, and the side has already completed (D5). */
    COMPLETED_EARLY,
    /** The detach callback answered PENDING; the side owes its completion. */
    PENDING,
    /** The detach callback failed; the last exit of the side's gate completes in its stead (D9). */
    LEFT_TO_GATE,
    /** This side has completed its detach. */
    DETACHED,
    /** The cleanup callback is to be called. */
    CLEANUP_DUE,
    /** The cleanup callback is under way. */
    CLEANUP_CALLED,
    /** Nothing more will be called. */
    CLEAN,
    /** The binding was dropped: nothing more will be called, and what still comes of this side changes nothing. */
    DROPPED;

    /** What can happen to a side. */
    public enum Input {
        /** The binding begins to detach. */
        DETACH,
        /** The detach callback is about to be called. */
        CALL_DETACH,
        /** The detach callback returned SUCCESS. */
        RETURN_SUCCESS,
        /** The detach callback returned PENDING. */
        RETURN_PENDING,
        /** The detach callback threw, or returned something else. */
        FAIL,
        /** The side called detachComplete. */
        COMPLETE,
        /** The last call in progress left the side's gate, or it has none. */
        GATE_DRAINED,
        /** Both sides are detached. */
        CLEAN_UP,
        /** The cleanup callback is about to be called. */
        CALL_CLEANUP,
        /** The cleanup callback has returned or thrown. */
        CLEANED,
        /** The binding is dropped. */
        DROP
    }

    private static final TransitionTable<SideState, Input> TABLE = new TransitionTable<>(SideState.class, Input.class)
            .on(IDLE, DETACH, DETACH_DUE)
            .on(DETACH_DUE, CALL_DETACH, DETACH_CALLED)
            .on(DETACH_CALLED, RETURN_SUCCESS, DETACHED)
            .on(DETACH_CALLED, RETURN_PENDING, PENDING)
            .on(DETACH_CALLED, FAIL, LEFT_TO_GATE)
            .on(DETACH_CALLED, COMPLETE, COMPLETED_EARLY)
            .on(COMPLETED_EARLY, RETURN_SUCCESS, DETACHED)
            .on(COMPLETED_EARLY, RETURN_PENDING, DETACHED)
            .on(COMPLETED_EARLY, FAIL, DETACHED)
            .on(PENDING, COMPLETE, DETACHED)
            .on(LEFT_TO_GATE, COMPLETE, DETACHED)
            .on(LEFT_TO_GATE, GATE_DRAINED, DETACHED)
            .on(DETACHED, CLEAN_UP, CLEANUP_DUE)
            .on(CLEANUP_DUE, CALL_CLEANUP, CLEANUP_CALLED)
            .on(CLEANUP_CALLED, CLEANED, CLEAN)
            .on(DETACH_DUE, DROP, DROPPED)
            .on(DETACH_CALLED, DROP, DROPPED)
            .on(COMPLETED_EARLY, DROP, DROPPED)
            .on(PENDING, DROP, DROPPED)
            .on(LEFT_TO_GATE, DROP, DROPPED)
            .on(DETACHED, DROP, DROPPED)
            .on(CLEANUP_DUE, DROP, DROPPED)
            .on(CLEANUP_CALLED, DROP, DROPPED)
            .on(CLEAN, DROP, DROPPED)
            .on(DROPPED, RETURN_SUCCESS, DROPPED)
            .on(DROPPED, RETURN_PENDING, DROPPED)
            .on(DROPPED, FAIL, DROPPED)
            .on(DROPPED, COMPLETE, DROPPED)
            .on(DROPPED, GATE_DRAINED, DROPPED)
            .on(DROPPED, CLEANED, DROPPED);

    /** The state after {@code input}, or null where that is not legal. */
    SideState next(Input input) {
        return TABLE.next(this, input);
    }

    /** Whether this side still owes its detach: the binding waits for it. */
    boolean owesDetach() {
        return this != IDLE && compareTo(DETACHED) < 0;
    }

    /** As snapshots show it: what the binding waits for of a side in this state and role. */
    Owes owes(Phase phase, Role role) {
        if (phase == Phase.OFFERED) {
            return role == Role.CLIENT ? Owes.ATTACH_CALLBACK : Owes.NOTHING;
        }
        return phase.isInsideCallbackOf(role) ? Owes.ATTACH_CALLBACK : owes();
    }

    private Owes owes() {
        return switch (this) {
            case IDLE, DETACHED, CLEAN, DROPPED -> Owes.NOTHING;
            case DETACH_DUE -> Owes.DETACH_NOTICE;
            case DETACH_CALLED, COMPLETED_EARLY -> Owes.DETACH_CALLBACK;
            case PENDING, LEFT_TO_GATE -> Owes.COMPLETION;
            case CLEANUP_DUE, CLEANUP_CALLED -> Owes.CLEANUP;
        };
    }
}
