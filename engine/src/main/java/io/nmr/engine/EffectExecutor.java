package io.nmr.engine;

/**
 * Performs effects: calls {@link Effect#run} once, at once or later, on whichever thread it chooses. It is called with
 * no lock of the engine's held.
 *
 * <p>An effect that throws an {@link OutOfMemoryError} may not have begun. The engine performs it once more where
 * {@link #execute} throws that on; an executor that performs effects elsewhere has to do so itself, or it is lost. What has
 * begun is not done again.
 *
 * <p>{@code Effect::run} is a legal executor, and the one of plain Java. One that defers {@link Effect.Kind#OFFER}
 * makes the registration that led to it wait for the answer (R9), unless that is inside a callback: then it may find the
 * offer made. If it throws, the effect is performed on the calling
 * thread.
 */
@FunctionalInterface
public interface EffectExecutor {

    /**
     * Takes an effect.
     *
     * @param effect what to perform
     */
    void execute(Effect effect);
}
