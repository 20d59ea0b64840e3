package io.nmr.api.runtime;

/** The states of a registration. A snapshot shows one of the middle three. */
public enum ModuleState {
    /** It is prepared, and known to its owner alone. */
    NEW,
    /** It is offered, or offered to. */
    REGISTERED,
    /** Its bindings detach; the thread that stops it waits. */
    DEREGISTERING,
    /** As before, but no thread waits any longer: its bindings are overdue. */
    ABANDONED,
    /** Its deregistration is complete. */
    DEREGISTERED
}
