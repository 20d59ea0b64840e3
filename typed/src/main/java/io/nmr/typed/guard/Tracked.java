package io.nmr.typed.guard;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a guard stands on: who owns the gate that counts its calls, and knows the object that they go to. Every method
 * of a guard is {@code enter}, a call of the target, {@code exit}; one whose result may complete later is
 * {@code enterAsync}, a call, and one of the ways to let the stage exit.
 *
 * <p><b>Threading.</b> Any thread; {@code exit} and its like on the thread that entered.
 */
public abstract class Tracked extends CallGate.Closer {

    /** With a gate of its own. */
    protected Tracked() {}

    /**
     * With the gate of another.
     *
     * @param other a face of the gate that counts these calls too
     */
    protected Tracked(CallGate.Closer other) {
        super(other);
    }

    /** {@return what the calls go to; there while a call is in progress} */
    public abstract Object target();

    /**
     * The gate refuses a call. Either puts one on the chain that it admits nevertheless, or throws.
     *
     * @param gate the gate
     */
    protected abstract void enterClosed(CallGate gate);

    /**
     * Begins a call that ends before it returns.
     *
     * @return what to give to {@link #exit(Object)}
     */
    public final Object enter() {
        Object begun = CallChain.begin(gate());
        if (begun == null) {
            enterClosed(gate());
        }
        return begun;
    }

    /**
     * Ends it.
     *
     * @param begun what {@link #enter} answered to it
     */
    public final void exit(Object begun) {
        CallChain.end(gate(), begun);
    }

    /**
     * Begins a call that ends before it returns, if the gate admits it.
     *
     * @return whether it has begun
     */
    public final boolean tryEnter() {
        return CallChain.enter(gate());
    }

    /** Ends a call, however it began. */
    public final void exit() {
        CallChain.exit(gate());
    }

    /** Begins a call that may end later. */
    public final void enterAsync() {
        if (!CallChain.enterAsync(gate())) {
            enterClosed(gate());
        }
    }

    /**
     * Begins a call that may end later, if the gate admits it.
     *
     * @return whether it has begun
     */
    public final boolean tryEnterAsync() {
        return CallChain.enterAsync(gate());
    }

    /**
     * The call goes on after its method has returned.
     *
     * @return ends it when it is run
     */
    public final LateExit exitLater() {
        return new LateExit(gate(), CallChain.leave(gate()));
    }

    /**
     * The call goes on until {@code stage} completes (T4).
     *
     * @param stage what the target returned; null ends the call
     * @return a copy, so that a caller who completes or cancels it ends nothing; null for null
     */
    public final CompletableFuture<?> exitWith(CompletionStage<?> stage) {
        if (stage == null) {
            exit();
            return null;
        }
        CompletableFuture<Object> copy = new CompletableFuture<>();
        LateExit exit = exitLater();
        // first the exit: what hangs on the copy is no part of the call
        follow(exit, () -> stage.whenComplete((value, failure) -> {
            exit.run();
            complete(copy, value, failure);
        }));
        return copy;
    }

    /**
     * As {@link #exitWith} where {@code result} turns out to be a stage, although the method does not say so; else the
     * call ends.
     *
     * @param result what the target returned
     * @return what to return: a copy of a {@code CompletableFuture}, of another stage itself, for its class is asked for
     */
    public final Object exitWithAny(Object result) {
        if (!(result instanceof CompletionStage<?> stage)) {
            exit();
            return result;
        }
        if (result.getClass() == CompletableFuture.class) {
            return exitWith(stage);
        }
        LateExit exit = exitLater();
        follow(exit, () -> stage.whenComplete((value, failure) -> exit.run()));
        return result;
    }

    private static void follow(LateExit exit, Runnable registration) {
        try {
            registration.run();
        } catch (Throwable t) {
            exit.run(); // nobody else will
            throw t;
        }
    }

    private static void complete(CompletableFuture<Object> copy, Object value, Throwable failure) {
        if (failure == null) {
            copy.complete(value);
        } else {
            copy.completeExceptionally(failure);
        }
    }

    /** Names the interface's NPI and the binding: what a guard answers to {@code toString}. */
    @Override
    public abstract String toString();
}
