package io.nmr.api.runtime;

import java.time.Instant;

/**
 * A module as it was at one moment.
 *
 * @param module which module it is
 * @param state where it was
 * @param since when it got there
 * @param bindings how many bindings it had, in whatever state
 */
public record ModuleSnapshot(ModuleRef module, ModuleState state, Instant since, int bindings) {}
