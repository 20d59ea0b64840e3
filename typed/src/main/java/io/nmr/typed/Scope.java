package io.nmr.typed;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.typed.guard.LateExit;
import io.nmr.typed.guard.Tracked;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A call in progress that admits further calls, on any thread, although the binding detaches (T6). Once it has ended, a
 * further call is admitted only if the binding's gate admits it.
 *
 * <p><b>Threading.</b> Any thread. A second gate tells whether the call is still in progress. A further call enters it
 * until the binding's gate has counted the call.
 */
final class Scope implements Tracked {

    private final BindingContext<?> binding;
    private final LateExit inProgress;
    private final CallGate.Closer open = CallGate.open();

    /** @param binding its gate has admitted the call, on this thread */
    Scope(BindingContext<?> binding) {
        this.binding = binding;
        this.inProgress = binding.exitLater();
    }

    /** Runs the user's code inside the call. The call ends when the stage completes that the code returns (T4). */
    <R> CompletionStage<R> start(Callable<? extends CompletionStage<R>> code) {
        CompletableFuture<R> copy = new CompletableFuture<>();
        try {
            CompletionStage<R> stage = Objects.requireNonNull(inside(code), "callAsync: no stage was returned");
            stage.whenComplete((value, failure) -> end(copy, value, failure));
        } catch (Throwable t) {
            end(copy, null, t);
        }
        return copy;
    }

    private <R> R inside(Callable<R> code) throws Exception {
        enterWithin();
        try {
            return code.call();
        } finally {
            exit();
        }
    }

    private <R> void end(CompletableFuture<R> copy, R value, Throwable failure) {
        end();
        if (failure == null) {
            copy.complete(value);
        } else {
            copy.completeExceptionally(failure);
        }
    }

    @Override
    public Object target() {
        return binding.target();
    }

    @Override
    public Object begin() {
        Object begun = CallChain.begin(binding);
        if (begun == null) {
            enterWithin();
        }
        return begun;
    }

    @Override
    public void end(Object begun) {
        binding.end(begun);
    }

    @Override
    public void enterAsync() {
        if (!CallChain.enterAsync(binding)) {
            enterWithin();
        }
    }

    @Override
    public void exit() {
        binding.exit();
    }

    @Override
    public LateExit exitLater() {
        return binding.exitLater();
    }

    /** Begins a call within this one; {@link #exit} ends it. */
    private void enterWithin() {
        if (!tryEnterWithin()) {
            throw binding.detached();
        }
    }

    /** As {@link #enterWithin}; false if this call has ended. */
    boolean tryEnterWithin() {
        int use = open.gate().enter();
        if (use == CallGate.REFUSED) {
            return false;
        }
        try {
            CallChain.push(binding, binding.enterWithin(inProgress.token()));
        } finally {
            open.gate().exit(use);
        }
        return true;
    }

    /** The call has ended; calls within it may still be in progress. */
    void end() {
        if (open.close(inProgress).isSuccess()) {
            inProgress.run();
        }
    }

    @Override
    public String toString() {
        return binding.toString();
    }
}
