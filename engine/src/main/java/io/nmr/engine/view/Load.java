package io.nmr.engine.view;

/**
 * What the end of some modules has to deal with.
 *
 * @param modules how many they are
 * @param bindings how many they have, each counted once
 * @param callsInProgress in those bindings, of both sides, as far as they are tracked; may be stale
 */
public record Load(int modules, int bindings, long callsInProgress) {}
