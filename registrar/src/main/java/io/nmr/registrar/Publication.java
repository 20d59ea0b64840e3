package io.nmr.registrar;

import io.nmr.api.Registration;

/**
 * One service published as one module type and, once its characteristics were read, its registration.
 *
 * <p><b>Threading.</b> The tracking thread sets the registration and then looks whether it was withdrawn; the
 * unregistering thread withdraws and then looks for the registration. Both fields are volatile, so whichever comes
 * second sees the other: no module is registered and then not drained.
 */
final class Publication {

    private volatile Registration registration;
    private volatile boolean withdrawn;

    /** For a service that goes before the tracker comes to it. */
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

    /** Whether its service went before the tracker came to it: no registration will follow. */
    boolean isTombstone() {
        return withdrawn && registration == null;
    }

    /** The registration to drain, or null if there is none yet, and so never will be. */
    Registration withdraw() {
        withdrawn = true;
        return registration;
    }
}
