package io.nmr.typed.guard;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Counts the calls of a guard, and has their target. A method that ends when it returns is {@link #begin}, the call of the
 * target, {@link #end}. A method that may end later is {@link #enterAsync}, the call of the target, and then
 * {@link #exit}, {@link #exitWith} or {@link #exitLater}.
 *
 * <p><b>Threading.</b> Any thread; a call exits on the thread on which it entered.
 */
public interface Tracked {

    /** {@return the object that is called; not null while a call is in progress} */
    Object target();

    /**
     * Begins a call that ends before it returns. Throws if the call is refused.
     *
     * @return for {@link #end}
     */
    Object begin();

    /**
     * Ends it.
     *
     * @param begun what {@link #begin} returned
     */
    void end(Object begun);

    /** Begins a call that may end later. Throws if the call is refused. */
    void enterAsync();

    /** Ends a call of either kind. */
    void exit();

    /**
     * Lets the call continue after its method has returned.
     *
     * @return ends the call when it is run
     */
    LateExit exitLater();

    /**
     * Ends the call when {@code stage} completes (T4).
     *
     * @param stage what the target returned; null ends the call at once
     * @return a copy: a caller that completes or cancels it does not end the call; null for null
     */
    default CompletableFuture<?> exitWith(CompletionStage<?> stage) {
        if (stage == null) {
            exit();
            return null;
        }
        CompletableFuture<Object> copy = new CompletableFuture<>();
        LateExit exit = exitLater();
        // the exit comes first: what depends on the copy is not part of the call
        follow(exit, () -> stage.whenComplete((value, failure) -> {
            exit.run();
            complete(copy, value, failure);
        }));
        return copy;
    }

    /**
     * Ends the call when {@code result} completes if it is a stage, else at once.
     *
     * @param result what the target returned
     * @return a copy of a {@code CompletableFuture}; else the result itself, whose class the caller may rely on
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
            exit.run(); // the stage does not
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

    /** Names the NPI and the binding: the {@code toString} of a guard. */
    @Override
    String toString();
}
