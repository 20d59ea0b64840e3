package io.nmr.engine.state;

/**
 * A thread that waits for deregistrations, as the modules see it. Called under the lock of the modules' NPI.
 */
public interface Waiter {

    /** Hands over an effect of the module or its bindings. */
    void hand(Effect effect);

    /** A module's deregistration is complete. */
    void completed(NetworkModule module);

    /** A module is not to be waited for any longer. */
    void abandoned(NetworkModule module);
}
