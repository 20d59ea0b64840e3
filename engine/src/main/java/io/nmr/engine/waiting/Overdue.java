package io.nmr.engine.waiting;

import io.nmr.api.Registration;
import java.time.Duration;
import java.util.Collection;

/**
 * Decides for a drain what becomes of modules whose time has passed.
 *
 * <p><b>Threading.</b> Called by the draining thread, with no lock held: once for all modules whose time passed together,
 * and again when the time that it granted has passed too. No effect of their bindings runs on that thread meanwhile.
 */
@FunctionalInterface
public interface Overdue {

    /**
     * The time of some modules has passed, and they still have bindings.
     *
     * @param modules the modules
     * @return how much longer to wait for them; if it is zero or less, the drain waits for the others only
     */
    Duration passed(Collection<? extends Registration> modules);
}
