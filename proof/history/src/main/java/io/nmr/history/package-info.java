/**
 * Histories of modules under test: recorded cheaply, carried as lines of text, and checked against the rules of the
 * protocol.
 *
 * <p>{@link io.nmr.history.Recorder} records, {@link io.nmr.history.History} is what was recorded, and
 * {@link io.nmr.history.HistoryCheck} tells which rules it breaks, with the events that show it.
 */
package io.nmr.history;
