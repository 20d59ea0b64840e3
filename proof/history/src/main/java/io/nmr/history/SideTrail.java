package io.nmr.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened on one side of one binding. */
final class SideTrail extends Trail {

    final Role role;

    SideTrail(Role role) {
        this.role = role;
    }

    /** Whether this side's recorder was there. */
    boolean isRecorded() {
        return has(Kind.ATTACH_BEGIN);
    }

    /** Whether all of this side's callbacks are recorded. */
    boolean isTracked() {
        return isRecorded() && !has(Kind.UNTRACKED);
    }

    /** The moment from which on this side has completed its detach, as far as it says so itself. */
    Optional<Event> completed() {
        return Stream.of(first(Kind.DETACH_END, Outcome.SUCCESS), completion())
                .flatMap(Optional::stream)
                .min(Event.BY_TIME);
    }

    /** The begin of the completion that counted, or of one that has not yet returned. */
    private Optional<Event> completion() {
        return all(Kind.COMPLETE_BEGIN).stream()
                .filter(begin -> endOf(begin).map(end -> end.outcome() == Outcome.SUCCESS).orElse(true))
                .findFirst();
    }

    /** The return of a completion on its thread; others may be nested in it. */
    Optional<Event> endOf(Event completeBegin) {
        int open = 0;
        for (Event event : events()) {
            if (event.time() >= completeBegin.time() && event.thread().equals(completeBegin.thread())) {
                open += event.is(Kind.COMPLETE_BEGIN) ? 1 : event.is(Kind.COMPLETE_END) ? -1 : 0;
                if (open == 0 && event.is(Kind.COMPLETE_END)) {
                    return Optional.of(event);
                }
            }
        }
        return Optional.empty();
    }

    /** Its detach callback failed: what completes it is the registrar's affair (D9). */
    boolean failedToDetach() {
        return first(Kind.DETACH_END, Outcome.FAILED).isPresent();
    }

    /** The calls of this side, by their begins. */
    List<CallTrail> calls() {
        Map<String, CallTrail> calls = new LinkedHashMap<>();
        for (Event event : events()) {
            switch (event.kind()) {
                case CALL_BEGIN, CALL_ENTERED, CALL_REFUSED, CALL_END ->
                    calls.computeIfAbsent(CallTrail.number(event), CallTrail::new).add(event);
                case REGISTER_BEGIN, REGISTER_END, DEREGISTER_BEGIN, DEREGISTER_END, NOTICE_BEGIN, NOTICE_END,
                        DEREGISTERED, TIMEOUT, STOP_BEGIN, STOP_END, ATTACH_BEGIN, ATTACH_END, ANNOUNCE, UNTRACKED,
                        DETACH_BEGIN, DETACH_END, COMPLETE_BEGIN, COMPLETE_END, CLEANUP_BEGIN, CLEANUP_END, MARK -> { }
            }
        }
        return List.copyOf(calls.values());
    }
}
