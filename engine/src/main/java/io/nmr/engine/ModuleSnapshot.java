package io.nmr.engine;

import java.util.Objects;

/**
 * A module as it was at one moment. Ids and strings only: it pins nothing of the module (R7).
 *
 * @param name which module it is
 * @param state where it was
 * @param since when it got there, on the engine's clock
 * @param bindings how many bindings it had, in whatever phase
 */
public record ModuleSnapshot(ModuleName name, ModuleState state, long since, int bindings) {

    /** Requires name and state. */
    public ModuleSnapshot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }
}
