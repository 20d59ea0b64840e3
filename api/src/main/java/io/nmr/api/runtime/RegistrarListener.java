package io.nmr.api.runtime;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told what happens, as it happens: publish one as an OSGi service.
 *
 * <p><b>Threading.</b> Called with no lock held, by one thread at a time, event by event in the order of their numbers. A
 * listener that is slow delays itself alone; if it falls too far behind, events are dropped for it, and the number
 * of the next one shows the gap. Unregistering the service does not wait for the listener: one call may still be under way,
 * and no other follows.
 *
 * <p><b>Errors.</b> What it throws is contained and reported in the log.
 */
@ConsumerType
@FunctionalInterface
public interface RegistrarListener {

    /**
     * Something happened.
     *
     * @param event what happened
     */
    void event(RegistrarEvent event);
}
