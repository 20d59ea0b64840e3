package io.nmr.engine.effects;

import io.nmr.api.CallGate;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.engine.state.Side;
import io.nmr.engine.state.Side.Claim;
import io.nmr.engine.state.SideState;
import io.nmr.engine.state.SideState.Input;

/** Calls the detach and cleanup callbacks of one side and commits their answers (D2, D4, D9, C1). */
final class Detachment {

    private Detachment() {}

    static void detach(Side side) {
        Claim claim = side.claim(Input.CALL_DETACH);
        if (claim != null) {
            commit(side, Outcome.of(side.binding(), () -> callDetach(side, claim)));
        }
    }

    private static NmrStatus callDetach(Side side, Claim claim) {
        return switch (side.role()) {
            case CLIENT -> ((ClientCharacteristics) claim.callbacks()).detachProvider(claim.context());
            case PROVIDER -> ((ProviderCharacteristics) claim.callbacks()).detachClient(claim.context());
        };
    }

    private static void commit(Side side, Outcome<NmrStatus> answer) {
        if (NmrStatus.PENDING.equals(answer.value())) {
            side.commit(Input.RETURN_PENDING);
        } else if (NmrStatus.SUCCESS.equals(answer.value())) {
            commitSuccess(side);
        } else {
            commitFailure(side, answer);
        }
    }

    private static void commitSuccess(Side side) {
        if (side.commit(Input.RETURN_SUCCESS) == SideState.COMPLETED_EARLY) {
            side.blame("D6", detachName(side) + " answered SUCCESS after detachComplete; it stands", null);
        }
    }

    /** The engine closes the gate in the side's stead, so that the last call in progress completes the detach (D9). */
    private static void commitFailure(Side side, Outcome<NmrStatus> answer) {
        CallGate.Closer gate = side.gate();
        side.blame("D9", detachName(side) + " " + answer.describe() + "; " + consequence(side, gate), answer.thrown());
        side.commit(Input.FAIL);
        if (gate == null) {
            side.tryCommit(Input.GATE_DRAINED);
        } else {
            leaveTo(gate, side);
        }
    }

    private static String consequence(Side side, CallGate.Closer gate) {
        if (side.isDropped()) {
            return "nothing follows, because its binding was dropped meanwhile";
        }
        return gate == null
                ? "it stands for SUCCESS, because no gate was announced"
                : "the last exit of its gate completes it";
    }

    /** If the side had closed the gate itself, the last exit leads to the side's own completion too; either may be first. */
    private static void leaveTo(CallGate.Closer gate, Side side) {
        boolean ownCompletionMayCome = gate.gate().isClosed();
        Runnable drained = () -> side.completeByGate(ownCompletionMayCome);
        if (gate.close(drained).isSuccess()) {
            drained.run();
        }
    }

    private static String detachName(Side side) {
        return switch (side.role()) {
            case CLIENT -> "detachProvider";
            case PROVIDER -> "detachClient";
        };
    }

    static void cleanUp(Side side) {
        Claim claim = side.claim(Input.CALL_CLEANUP);
        if (claim != null) {
            Outcome<Void> outcome = Outcome.ofRun(side.binding(), () -> callCleanup(side, claim));
            if (outcome.thrown() != null) {
                side.blame("C1", cleanupName(side) + " " + outcome.describe() + "; the rest is cleaned up", outcome.thrown());
            }
            side.commit(Input.CLEANED);
        }
    }

    private static void callCleanup(Side side, Claim claim) {
        switch (side.role()) {
            case CLIENT -> ((ClientCharacteristics) claim.callbacks()).cleanupClientBindingContext(claim.context());
            case PROVIDER -> ((ProviderCharacteristics) claim.callbacks()).cleanupProviderBindingContext(claim.context());
        }
    }

    private static String cleanupName(Side side) {
        return switch (side.role()) {
            case CLIENT -> "cleanupClientBindingContext";
            case PROVIDER -> "cleanupProviderBindingContext";
        };
    }
}
