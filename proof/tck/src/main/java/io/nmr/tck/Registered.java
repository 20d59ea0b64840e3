package io.nmr.tck;

import java.time.Duration;

/** One registration of a module, made by a {@link Fixture}. */
public interface Registered {

    /**
     * Begins the deregistration, and returns once it has begun (D1): not later than the first callback that it leads to
     * needs, and never only when it is complete. The tests call it once for each registration, inside callbacks too.
     */
    void deregister();

    /**
     * Waits until the deregistration is complete (C2).
     *
     * @param patience how long to wait; zero only looks
     * @return whether it is
     */
    boolean awaitComplete(Duration patience);
}
