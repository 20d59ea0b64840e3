package io.nmr.registrar;

import io.nmr.api.Registration;

/**
 * One service published under one module type and, when its characteristics have been read, its registration.
 *
 * <p><b>Threading.</b> The tracking thread sets the registration and then reads whether it was withdrawn. The unregistering
 * thread withdraws and then reads the registration. Both fields are volatile, so at least one sees the other: no module is
 * registered and then not drained.
 */
final class Publication {

    private volatile Registration registration;
    private volatile boolean withdrawn;

    /** For a service that is unregistered before the tracker adds it. */
    static Publication tombstone() {
        Publication tombstone = new Publication();
        tombstone.withdraw();
        return tombstone;
    }

    /** False if the service was unregistered meanwhile. */
    boolean enter(Registration prepared) {
        registration = prepared;
        return !withdrawn;
    }

    /** Null until its characteristics were read. */
    Registration registration() {
        return registration;
    }

    /** Whether its service was unregistered before the tracker added it: no registration follows. */
    boolean isTombstone() {
        return withdrawn && registration == null;
    }

    /** The registration to drain; null if there is none, and then none follows. */
    Registration withdraw() {
        withdrawn = true;
        return registration;
    }
}
