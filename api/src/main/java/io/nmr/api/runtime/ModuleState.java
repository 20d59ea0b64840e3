package io.nmr.api.runtime;

/** What a registered module goes through. */
public enum ModuleState {
    /** It is offered, or offered to. */
    REGISTERED,
    /** Its bindings detach; whoever stops it waits. */
    DEREGISTERING,
    /** As before, but nobody waits any longer: its bindings are overdue. */
    ABANDONED
}
