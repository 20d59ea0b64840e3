package io.nmr.engine;

import io.nmr.api.Registration;
import java.time.Duration;
import java.util.Collection;

/**
 * Asked by a drain what is to become of modules whose time has passed.
 *
 * <p><b>Threading.</b> Called by the draining thread, with no lock held, once for all whose time passed together, and
 * again when the time that it granted has passed too. Nothing that their bindings lead to is performed meanwhile.
 */
@FunctionalInterface
public interface Overdue {

    /**
     * The time of some modules has passed, and their bindings are not gone.
     *
     * @param modules the modules
     * @return how much longer to wait for them; zero or less: they are abandoned now, and the others waited for
     */
    Duration passed(Collection<? extends Registration> modules);
}
