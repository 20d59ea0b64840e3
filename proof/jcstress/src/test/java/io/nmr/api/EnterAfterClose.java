package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** T1: once close has answered, or another enter was refused, nobody enters. */
public final class EnterAfterClose {

    private EnterAfterClose() {}

    /** In the word. */
    @JCStressTest
    @Outcome(id = "refused, drained, 0", expect = ACCEPTABLE, desc = "The call came and went, or was refused.")
    @Outcome(id = "refused, pending, 1", expect = ACCEPTABLE, desc = "It was in progress.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class InWord extends Watched {

        @Actor
        public void enter(LL_Result r) {
            int token = gate.enter();
            if (token != CallGate.REFUSED) {
                gate.exit(token);
            }
        }

        @Actor
        public void close(LL_Result r) {
            String answer = close();
            r.r1 = enter();
            r.r2 = answer;
        }

        @Arbiter
        public void count(LL_Result r) {
            r.r2 = r.r2 + ", " + completions;
        }
    }

    /** In cells. */
    @JCStressTest
    @Outcome(id = "refused, drained, 0", expect = ACCEPTABLE, desc = "The call came and went, or was refused.")
    @Outcome(id = "refused, pending, 1", expect = ACCEPTABLE, desc = "It was in progress.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class Inflated extends Watched {

        public Inflated() {
            inflated();
        }

        @Actor
        public void enter(LL_Result r) {
            int token = gate.enter();
            if (token != CallGate.REFUSED) {
                gate.exit(token);
            }
        }

        @Actor
        public void close(LL_Result r) {
            String answer = close();
            r.r1 = enter();
            r.r2 = answer;
        }

        @Arbiter
        public void count(LL_Result r) {
            r.r2 = r.r2 + ", " + completions;
        }
    }
}
