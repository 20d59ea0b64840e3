package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** A gate that is closed while it inflates. */
public final class InflationAndClose {

    private InflationAndClose() {}

    /** Without a call. */
    @JCStressTest
    @Outcome(id = "entered, pending, 0 then 1", expect = ACCEPTABLE, desc = "Entered first.")
    @Outcome(id = "refused, drained, 0 then 0", expect = ACCEPTABLE, desc = "Closed first.")
    @Outcome(id = "refused, pending, 1 then 1", expect = ACCEPTABLE, desc = "The undone entry was the last to leave.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class Empty extends Watched {

        private int token;

        @Actor
        public void inflate(LLL_Result r) {
            gate.inflate();
            token = gate.enter();
            r.r1 = entered(token);
        }

        @Actor
        public void close(LLL_Result r) {
            r.r2 = close();
        }

        @Arbiter
        public void exit(LLL_Result r) {
            r.r3 = exit(token);
        }
    }

    /** With a call that entered before either. */
    @JCStressTest
    @Outcome(id = "entered, pending, 0 then 0 then 1", expect = ACCEPTABLE, desc = "Entered first.")
    @Outcome(id = "refused, pending, 0 then 0 then 1", expect = ACCEPTABLE, desc = "Closed first.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class WithACallInWord extends Watched {

        public WithACallInWord() {
            gate.enter();
        }

        private int token;

        @Actor
        public void inflate(LLL_Result r) {
            gate.inflate();
            token = gate.enter();
            r.r1 = entered(token);
        }

        @Actor
        public void close(LLL_Result r) {
            r.r2 = close();
        }

        @Arbiter
        public void exit(LLL_Result r) {
            r.r3 = exit(token);
            r.r3 = r.r3 + " then " + exit(0).substring("0 then ".length());
        }
    }

    /** Two enters, one of which may inflate the gate: both are counted. */
    @JCStressTest
    @Outcome(
            id = "entered, entered, 2 calls, pending, 0 then 0, 0 then 1",
            expect = ACCEPTABLE,
            desc = "Both are counted.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class ByContention extends Watched {

        private int one;
        private int other;

        @Actor
        public void enter(LLL_Result r) {
            one = gate.enter();
            r.r1 = entered(one);
        }

        @Actor
        public void enterToo(LLL_Result r) {
            other = gate.enter();
            r.r2 = entered(other);
        }

        @Arbiter
        public void exit(LLL_Result r) {
            r.r3 = gate.inProgress() + " calls, " + close() + ", " + exit(one) + ", " + exit(other);
        }
    }
}
