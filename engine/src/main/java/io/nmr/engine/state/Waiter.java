package io.nmr.engine.state;

import io.nmr.api.Registration;
import io.nmr.engine.spi.EffectTask;

/** A thread that waits for deregistrations, as the modules see it. Called under the lock of the modules' NPI. */
public interface Waiter {

    /** Hands over an effect of the module or its bindings. */
    void hand(EffectTask effect);

    /** A module's deregistration is complete. */
    void completed(Registration module);

    /** A module is not to be waited for any longer. */
    void abandoned(Registration module);
}
