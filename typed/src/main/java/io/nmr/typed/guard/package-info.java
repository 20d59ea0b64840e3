/**
 * Tracked dispatches: for each NPI interface a class that implements it and counts its calls. No API; public where
 * generated classes, which live in a loader of their own, must reach it. Start at {@link io.nmr.typed.guard.Guards}.
 */
package io.nmr.typed.guard;
