package io.nmr.typed;

import io.nmr.typed.guard.Guards;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A call that is in progress until the stage completes that the caller's code returns; that code may go on calling
 * meanwhile, on any thread.
 */
final class AsyncCall<P> {

    private final ClientSide<P> binding;
    private final Guards<P> guards;

    /** @param binding admitted, to be left on this thread */
    AsyncCall(ClientSide<P> binding, Guards<P> guards) {
        this.binding = binding;
        this.guards = guards;
    }

    <R> CompletionStage<R> start(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call) {
        ModuleDescription module = binding.other();
        Scope scope = new Scope(binding, binding.exitLater());
        CompletableFuture<R> copy = new CompletableFuture<>();
        try {
            CompletionStage<R> stage = call(call, scope, module);
            if (stage == null) {
                throw new NullPointerException("callAsync: no stage was returned");
            }
            stage.whenComplete((value, failure) -> end(scope, copy, value, failure));
        } catch (Throwable t) {
            end(scope, copy, null, t);
        }
        return copy;
    }

    /** On this thread the code is inside the call, as that of a synchronous one is. */
    private <R> CompletionStage<R> call(
            DescribedCall<? super P, ? extends CompletionStage<R>, ?> call, Scope scope, ModuleDescription module)
            throws Exception {
        if (!scope.tryEnterWithin()) {
            throw new AssertionError("a call that has just begun is over");
        }
        try {
            return call.call(guards.guard(scope), module);
        } finally {
            scope.exit();
        }
    }

    private static <R> void end(Scope scope, CompletableFuture<R> copy, R value, Throwable failure) {
        scope.end();
        if (failure == null) {
            copy.complete(value);
        } else {
            copy.completeExceptionally(failure);
        }
    }
}
