package io.nmr.api;

import java.util.concurrent.atomic.AtomicInteger;

/** A gate, and what its completions did. The words in which the outcomes are written. */
class Watched {

    final CallGate.Closer closer = CallGate.open();
    final CallGate gate = closer.gate();
    final AtomicInteger completions = new AtomicInteger();

    /** As after contention. */
    final Watched inflated() {
        gate.inflate();
        return this;
    }

    final String enter() {
        return entered(gate.enter());
    }

    final String close() {
        return closed(closer.close(completions::incrementAndGet));
    }

    /** As one that goes wrong: there is no call. */
    final String misuse(int token) {
        try {
            gate.exit(token);
            return "unnoticed";
        } catch (IllegalStateException e) {
            return "misuse";
        }
    }

    /** The completions so far, and when this call is gone too; there may be none. */
    final String exit(int token) {
        int before = completions.get();
        if (token != CallGate.REFUSED) {
            gate.exit(token);
        }
        return before + " then " + completions;
    }

    static String entered(int token) {
        return token == CallGate.REFUSED ? "refused" : "entered";
    }

    static String closed(NmrStatus answer) {
        return answer.isSuccess() ? "drained" : "pending";
    }
}
