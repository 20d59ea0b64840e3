package io.nmr.typed;

import io.nmr.typed.guard.GuardFactory;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A call that is in progress until the stage completes that the user's code returns. Until then that code may make
 * further calls, on any thread.
 */
final class AsyncCall<P> {

    private final BindingContext<P> binding;
    private final GuardFactory<P> guards;

    /** @param binding its gate has admitted the call on this thread */
    AsyncCall(BindingContext<P> binding, GuardFactory<P> guards) {
        this.binding = binding;
        this.guards = guards;
    }

    <R> CompletionStage<R> start(DescribedCall<? super P, ? extends CompletionStage<R>, ?> call) {
        ModuleDescription module = binding.other();
        Scope scope = new Scope(binding, binding.exitLater());
        CompletableFuture<R> copy = new CompletableFuture<>();
        try {
            CompletionStage<R> stage = call(call, scope, module);
            Objects.requireNonNull(stage, "callAsync: no stage was returned");
            stage.whenComplete((value, failure) -> end(scope, copy, value, failure));
        } catch (Throwable t) {
            end(scope, copy, null, t);
        }
        return copy;
    }

    /** This thread is inside the call, as with a synchronous one. */
    private <R> CompletionStage<R> call(
            DescribedCall<? super P, ? extends CompletionStage<R>, ?> call, Scope scope, ModuleDescription module)
            throws Exception {
        scope.enterWithin();
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
