package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** An exit without a call changes nothing. */
public final class Misuse {

    private Misuse() {}

    /** In the word. */
    @JCStressTest
    @Outcome(id = "misuse, drained, 0 calls, 0", expect = ACCEPTABLE, desc = "Apart.")
    @Outcome(
            id = "misuse, pending, 0 calls, 1",
            expect = ACCEPTABLE,
            desc = "Closed before the count was put right: that completes.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class AndCloseOfWord extends Watched {

        @Actor
        public void exit(LLL_Result r) {
            r.r1 = misuse(0);
        }

        @Actor
        public void close(LLL_Result r) {
            r.r2 = close();
        }

        @Arbiter
        public void count(LLL_Result r) {
            r.r3 = gate.inProgress() + " calls, " + completions;
        }
    }

    /** In a cell. */
    @JCStressTest
    @Outcome(id = "misuse, drained, 0 calls, 0", expect = ACCEPTABLE, desc = "Apart.")
    @Outcome(
            id = "misuse, pending, 0 calls, 1",
            expect = ACCEPTABLE,
            desc = "Closed before the count was put right: that completes.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class AndCloseOfCells extends Watched {

        public AndCloseOfCells() {
            inflated();
        }

        @Actor
        public void exit(LLL_Result r) {
            r.r1 = misuse(1);
        }

        @Actor
        public void close(LLL_Result r) {
            r.r2 = close();
        }

        @Arbiter
        public void count(LLL_Result r) {
            r.r3 = gate.inProgress() + " calls, " + completions;
        }
    }

    /** A call that enters meanwhile is counted, or was there first, and taken for its own. */
    @JCStressTest
    @Outcome(id = "misuse, entered, 1 calls, pending", expect = ACCEPTABLE, desc = "Noticed.")
    @Outcome(
            id = "unnoticed, entered, 0 calls, drained",
            expect = ACCEPTABLE,
            desc = "It cannot be told from the call's own exit.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class AndEnterOfWord extends Watched {

        private int token;

        @Actor
        public void exit(LLL_Result r) {
            r.r1 = misuse(0);
        }

        @Actor
        public void enter(LLL_Result r) {
            token = gate.enter();
            r.r2 = entered(token);
        }

        @Arbiter
        public void count(LLL_Result r) {
            r.r3 = gate.inProgress() + " calls, " + close();
        }
    }
}
