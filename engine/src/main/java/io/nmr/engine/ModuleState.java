package io.nmr.engine;

/** The states of a registration. */
public enum ModuleState {
    /** Prepared; nobody knows it. */
    NEW,
    /** It is offered, or offered to. */
    REGISTERED,
    /** Its bindings detach. */
    DEREGISTERING,
    /** As before, with nobody waiting for it any more. */
    ABANDONED,
    /** Nothing of it is left. */
    DEREGISTERED
}
