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
        Runnable callback = side.cleanupCallback();
        if (side.tryCommit(Input.CALL_CLEANUP)) {
            Side.Answer<Void> answer = side.call(() -> {
                callback.run();
                return null;
            });
            if (answer.thrown() != null) {
                side.blame("C1", side.cleanupName() + " " + answer.describe() + "; the rest is cleaned up",
                        answer.thrown());
            }
            side.commit(Input.CLEANED);
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
