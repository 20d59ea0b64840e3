package io.nmr.engine;

import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.engine.SideState.Input;

/** Calls one side's detach callback (D2) and commits its answer (D4, D9). */
final class DetachNotice extends Effect {

    private final Side side;

    DetachNotice(Side side) {
        this.side = side;
    }

    @Override
    public void run() {
        Callback<NmrStatus> callback = new Callback<>(side, side.detachCallback());
        if (side.claimDetach()) {
            callback.call();
            commit(callback);
        }
    }

    private void commit(Callback<NmrStatus> callback) {
        if (NmrStatus.PENDING.equals(callback.value())) {
            callback.commit(Input.RETURN_PENDING);
        } else if (NmrStatus.SUCCESS.equals(callback.value())) {
            commitSuccess(callback);
        } else {
            commitFailure(callback);
        }
    }

    private void commitSuccess(Callback<NmrStatus> callback) {
        if (callback.commit(Input.RETURN_SUCCESS) == SideState.COMPLETED_EARLY) {
            side.blame("D6", side.detachName() + " answered SUCCESS after detachComplete; it stands", null);
        }
    }

    /** The gate is closed in the side's stead, so that the last call in progress completes the detach (D9). */
    private void commitFailure(Callback<NmrStatus> callback) {
        CallGate.Closer gate = side.gateSeen();
        try {
            side.blame("D9", side.detachName() + " " + callback.describe() + "; " + consequence(gate), callback.thrown());
        } finally {
            callback.commit(Input.FAIL);
            if (gate == null) {
                callback.tryCommit(Input.GATE_DRAINED);
            } else {
                leaveTo(gate);
            }
        }
    }

    private String consequence(CallGate.Closer gate) {
        if (side.isDropped()) {
            return "nothing follows, for its binding was dropped meanwhile";
        }
        return gate == null
                ? "it stands for SUCCESS, for no gate was announced"
                : "the last exit of its gate completes it";
    }

    /** If the side had closed the gate itself, the last exit leads to its own completion too; either may be first. */
    private void leaveTo(CallGate.Closer gate) {
        boolean ownCompletionMayCome = gate.gate().isClosed();
        Runnable drained = () -> side.completeInStead(ownCompletionMayCome);
        if (gate.close(drained).isSuccess()) {
            drained.run();
        }
    }

    @Override
    public Kind kind() {
        return Kind.DETACH_NOTICE;
    }

    @Override
    public ModuleName module() {
        return side.module.name;
    }
}
