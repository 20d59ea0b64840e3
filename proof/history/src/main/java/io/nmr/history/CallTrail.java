package io.nmr.history;

/** What happened to one call. */
final class CallTrail extends Trail {

    private static final String WITHIN = " within ";

    final String number;

    CallTrail(String number) {
        this.number = number;
    }

    static String number(Event event) {
        return event.note().split(WITHIN, 2)[0];
    }

    /** The number of the call that admits this one, or empty. */
    String within() {
        return first(Kind.CALL_BEGIN)
                .map(begin -> begin.note().split(WITHIN, 2))
                .map(parts -> parts.length > 1 ? parts[1] : "")
                .orElse("");
    }

    /** Whether it was in progress at some time after {@code moment}: seen there, or begun before and not yet over. */
    boolean isInProgressAfter(Event moment) {
        return first(Kind.CALL_ENTERED)
                .map(entered -> moment.isBefore(entered) || !hasBefore(Kind.CALL_END, moment))
                .orElse(false);
    }

    boolean isInProgressAt(Event moment) {
        return hasBefore(Kind.CALL_ENTERED, moment) && !hasBefore(Kind.CALL_END, moment);
    }
}
