package io.nmr.engine;

import io.nmr.engine.SideState.Input;

/** Calls one side's cleanup callback (C1). */
final class Cleanup extends Effect {

    private final Side side;

    Cleanup(Side side) {
        this.side = side;
    }

    @Override
    public void run() {
        Callback<Void> callback = new Callback<>(side, side.cleanupCallback());
        if (side.claimCleanup()) {
            callback.call();
            try {
                blameIfFailed(callback);
            } finally {
                callback.commit(Input.CLEANED);
            }
        }
    }

    private void blameIfFailed(Callback<Void> callback) {
        if (callback.thrown() != null) {
            side.blame("C1", side.cleanupName() + " " + callback.describe() + "; the rest is cleaned up",
                    callback.thrown());
        }
    }

    @Override
    public Kind kind() {
        return Kind.CLEANUP;
    }

    @Override
    public ModuleName module() {
        return side.module.name;
    }
}
