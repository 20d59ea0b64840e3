package io.nmr.itests.soak;

import io.nmr.history.CallRecorder;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Records the calls of typed modules where they arrive: within the gate, which is theirs. */
final class RecordedCalls {

    private RecordedCalls() {}

    static Words of(Words words, Side caller) {
        return new Words() {
            @Override
            public String say(String text) {
                return recorded(caller, () -> words.say(text));
            }

            @Override
            public CompletionStage<String> later(String text) {
                CallRecorder call = caller.recorder.callInProgress();
                return words.later(text).whenComplete((answer, failure) -> call.ended());
            }
        };
    }

    static WordsListener of(WordsListener listener, Side caller) {
        return text -> recorded(caller, () -> listener.heard(text));
    }

    private static String recorded(Side caller, Supplier<String> called) {
        CallRecorder call = caller.recorder.callInProgress();
        try {
            return called.get();
        } finally {
            call.ended();
        }
    }
}
