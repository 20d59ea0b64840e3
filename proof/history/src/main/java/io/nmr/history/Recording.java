package io.nmr.history;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import java.util.function.Function;
import java.util.function.Supplier;

/** Records begin and end around what is recorded, and passes on what that answers or throws. */
abstract class Recording {

    abstract void record(Kind kind, Outcome outcome, String note);

    final void record(Kind kind) {
        record(kind, Outcome.NONE, "");
    }

    final <T> T around(Kind begin, Kind end, Supplier<T> recorded, Function<T, Outcome> outcome, Outcome ifThrown) {
        record(begin);
        T answer;
        try {
            answer = recorded.get();
        } catch (Throwable t) {
            record(end, ifThrown, t.toString());
            throw t;
        }
        record(end, outcome.apply(answer), answer == null ? "" : answer.toString());
        return answer;
    }

    final void around(Kind begin, Kind end, Runnable recorded, Outcome ifThrown) {
        around(
                begin,
                end,
                () -> {
                    recorded.run();
                    return null;
                },
                nothing -> Outcome.SUCCESS,
                ifThrown);
    }

    static Outcome of(NmrStatus status) {
        if (status == null) {
            return Outcome.FAILED;
        }
        if (status.isSuccess()) {
            return Outcome.SUCCESS;
        }
        return status.equals(NmrStatus.PENDING) ? Outcome.PENDING : Outcome.REFUSED;
    }

    /** An acceptance without a dispatch table is none (A5). */
    static Outcome of(AttachResult result) {
        if (result instanceof AttachResult.Attached attached) {
            return attached.dispatch() == null ? Outcome.REFUSED : Outcome.SUCCESS;
        }
        return result == null ? Outcome.FAILED : Outcome.REFUSED;
    }
}
