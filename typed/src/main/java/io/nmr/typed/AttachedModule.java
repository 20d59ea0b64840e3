package io.nmr.typed;

/**
 * A module that was attached when this was made.
 *
 * @param description its description
 * @param callsInProgress how many calls into it were in progress; may be stale when it is read
 */
public record AttachedModule(ModuleDescription description, long callsInProgress) {}
