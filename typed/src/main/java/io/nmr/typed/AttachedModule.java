package io.nmr.typed;

/**
 * A module that was attached at the moment of asking.
 *
 * @param description what it says of itself
 * @param callsInProgress how many calls into it were in progress; may be stale by the time it is read
 */
public record AttachedModule(ModuleDescription description, long callsInProgress) {}
