package io.nmr.demo;

import java.util.Locale;
import java.util.Optional;

/** One swap as it went; requests and failures are those since the demo began. */
record SwapReport(int number, Bundle from, Bundle to, Optional<DrainRecord> drain, long requests, long failures) {
    static final String HEADING = String.format("%5s  %-16s %10s  %17s  %10s  %8s",
            "swap", "provider", "drain", "calls in progress", "requests", "failures");

    /** What a swap proves about draining. */
    enum Proof { PROVEN, IDLE, WRONG_RECORD, NO_RECORD }

    Proof proof() {
        if (drain.isEmpty()) {
            return Proof.NO_RECORD;
        }
        if (!drain.get().isOf(from)) {
            return Proof.WRONG_RECORD;
        }
        return drain.get().callsAtStart() > 0 ? Proof.PROVEN : Proof.IDLE;
    }

    String line() {
        return String.format(Locale.ROOT, "%5d  %-16s %10s  %17s  %10d  %8d",
                number, from.version() + " -> " + to.version(), time(), calls(), requests, failures);
    }

    private String time() {
        return drain.map(record -> record.overdue() ? "overdue" : record.millis() + " ms").orElse("no record");
    }

    private String calls() {
        return drain.map(record -> Long.toString(record.callsAtStart())).orElse("?");
    }
}
