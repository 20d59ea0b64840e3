package io.nmr.itests.soak;

import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.history.CallRecorder;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * What a raw module keeps of a binding: its gate and the other side's dispatch table.
 *
 * @param <D> the dispatch table
 */
final class RawSide<D> {

    private final Side side;
    private final CallGate.Closer closer = CallGate.open();
    private volatile D dispatch;

    RawSide(Side side) {
        this.side = side;
        side.announce(closer);
    }

    /** Null where the NPI defines none for the other side. */
    void attached(D its) {
        dispatch = its;
    }

    NmrStatus close() {
        return closer.close(side::complete);
    }

    void call(Function<D, String> called) {
        enter((call, token) -> {
            try {
                called.apply(dispatch);
            } finally {
                exit(call, token);
            }
        });
    }

    /** In progress until the stage completes. */
    void callAsync(Function<D, CompletionStage<String>> called) {
        enter((call, token) -> called.apply(dispatch).whenComplete((answer, failure) -> exit(call, token)));
    }

    private interface Entered {
        void go(CallRecorder call, int token);
    }

    private void enter(Entered entered) {
        if (dispatch == null) {
            return;
        }
        CallRecorder call = side.recorder.call();
        int token = closer.gate().enter();
        if (token == CallGate.REFUSED) {
            call.refused();
        } else {
            call.entered();
            entered.go(call, token);
        }
    }

    private void exit(CallRecorder call, int token) {
        call.ended();
        closer.gate().exit(token);
    }
}
