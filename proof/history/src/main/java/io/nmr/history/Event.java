package io.nmr.history;

import java.util.Comparator;
import java.util.Objects;

/**
 * One moment of a history.
 *
 * @param time the logical time: greater than that of every event that happened before it
 * @param thread names the thread, one name for one thread
 * @param module the module whose callback, call or registration it is; of a call the caller, whoever recorded it
 * @param binding the key of its binding, the same on both sides; empty where the event is about no binding
 * @param peer the name of the other side's registration; empty where unknown, or where there is no binding
 * @param kind what happened
 * @param outcome how it ended
 * @param note what was answered or thrown, a call's number, or empty
 */
public record Event(
        long time,
        String thread,
        RegisteredModule module,
        String binding,
        String peer,
        Kind kind,
        Outcome outcome,
        String note) {

    static final Comparator<Event> BY_TIME = Comparator.comparingLong(Event::time);

    /**
     * Requires everything.
     *
     * @param time as in the record
     * @param thread as in the record
     * @param module as in the record
     * @param binding as in the record
     * @param peer as in the record
     * @param kind as in the record
     * @param outcome as in the record
     * @param note as in the record
     * @throws NullPointerException if one of them is null
     */
    public Event {
        Objects.requireNonNull(thread, "thread");
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(binding, "binding");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(note, "note");
    }

    boolean is(Kind kind) {
        return this.kind == kind;
    }

    boolean is(Kind kind, Outcome outcome) {
        return this.kind == kind && this.outcome == outcome;
    }

    /** The other side's registration; without a name where that is unknown. */
    RegisteredModule peerModule() {
        return new RegisteredModule(module.role().opposite(), module.npi(), peer);
    }

    boolean isBefore(Event other) {
        return time < other.time;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(time).append(": ").append(kind).append(" of ").append(module);
        if (!binding.isEmpty()) {
            text.append(" in ").append(binding);
        }
        if (outcome != Outcome.NONE) {
            text.append(", ").append(outcome);
        }
        if (!note.isEmpty()) {
            text.append(" (").append(note).append(')');
        }
        return text.append(", on ").append(thread).toString();
    }
}
