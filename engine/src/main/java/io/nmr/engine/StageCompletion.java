package io.nmr.engine;

import io.nmr.api.NmrStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Completes the stage of a registration whose deregistration is complete (C2). */
final class StageCompletion extends Effect {

    private final ModuleName module;
    private final CompletableFuture<NmrStatus> stage;

    StageCompletion(ModuleName module, CompletableFuture<NmrStatus> stage) {
        this.module = module;
        this.stage = stage;
    }

    /** What is done to it does not reach the original. */
    CompletionStage<NmrStatus> stage() {
        return stage.minimalCompletionStage();
    }

    @Override
    public void run() {
        CallbackChain.Frame frame = new CallbackChain.Frame(null);
        frame.enter();
        try {
            stage.complete(NmrStatus.SUCCESS);
        } finally {
            frame.leave();
        }
    }

    @Override
    public Kind kind() {
        return Kind.STAGE;
    }

    @Override
    public ModuleName module() {
        return module;
    }
}
