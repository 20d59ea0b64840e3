package io.nmr.typed.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a guard stands on: who counts its calls, and knows the object that they go to. Every method of a guard is
 * {@code begin}, a call of the target, {@code end}; one whose result may complete later is {@code enterAsync}, a call, and
 * one of the ways to let the stage exit.
 *
 * <p><b>Threading.</b> Any thread; {@code end}, {@code exit} and its like on the thread that entered.
 */
public interface Tracked {

    /** {@return what the calls go to; there while a call is in progress} */
    Object target();

    /**
     * Begins a call that ends before it returns. Where it is not admitted, this throws.
     *
     * @return what to give to {@link #end}
     */
    Object begin();

    /**
     * Ends it.
     *
     * @param begun what {@link #begin} answered to it
     */
    void end(Object begun);

    /** Begins a call that may end later. Where it is not admitted, this throws. */
    void enterAsync();

    /** Ends a call, however it began. */
    void exit();

    /**
     * The call goes on after its method has returned.
     *
     * @return ends it when it is run
     */
    LateExit exitLater();

    /**
     * The call goes on until {@code stage} completes (T4).
     *
     * @param stage what the target returned; null ends the call
     * @return a copy, so that a caller who completes or cancels it ends nothing; null for null
     */
    default CompletableFuture<?> exitWith(CompletionStage<?> stage) {
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
    default Object exitWithAny(Object result) {
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
    String toString();
}
