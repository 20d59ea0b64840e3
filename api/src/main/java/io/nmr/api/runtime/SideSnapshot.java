package io.nmr.api.runtime;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * One side of a binding as it was at one moment.
 *
 * @param module the module of this side
 * @param callsInProgress how many calls into the other side were in progress; empty: not tracked
 * @param owes what the binding waits for of this side
 */
public record SideSnapshot(ModuleRef module, OptionalLong callsInProgress, Owes owes) {

    /** What a side has still to do before its binding is gone. */
    public enum Owes {
        /** Nothing. */
        NOTHING,
        /** Its attach callback has not returned. */
        ATTACH_CALLBACK,
        /** Its detach callback has not been called yet. */
        DETACH_NOTICE,
        /** Its detach callback has not returned. */
        DETACH_CALLBACK,
        /** It answered PENDING and has not completed: calls in progress, or held objects. */
        COMPLETION,
        /** Its cleanup callback has not returned, or not been called yet. */
        CLEANUP
    }

    /**
     * Requires all three.
     *
     * @param module as in the record
     * @param callsInProgress as in the record
     * @param owes as in the record
     * @throws NullPointerException if one of them is null
     */
    public SideSnapshot {
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(callsInProgress, "callsInProgress");
        Objects.requireNonNull(owes, "owes");
    }
}
