package io.nmr.engine.spi;

/**
 * Runs effects: each once, at once or later, on a thread of its choice. {@code Runnable::run} is a legal executor, and the
 * one of plain Java.
 *
 * <p>An executor that defers an {@link EffectKind#OFFER} makes the registration that led to it wait for the answer (R9).
 * Inside a callback that registration makes the offer itself.
 *
 * <p><b>Threading.</b> Called by the thread that committed the transition, or by one that waits, with no lock of the
 * engine held.
 *
 * <p><b>Errors.</b> If {@code execute} throws, the engine reports it and runs the effect on the calling thread.
 */
@FunctionalInterface
public interface EffectExecutor {

    /**
     * Takes an effect.
     *
     * @param effect the effect to run
     */
    void execute(EffectTask effect);
}
