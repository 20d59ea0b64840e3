package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** T1: a call is counted, and waited for, or refused. */
public final class EnterAndClose {

    private EnterAndClose() {}

    /** Both in the word. */
    @JCStressTest
    @Outcome(id = "entered, pending, 0 then 1", expect = ACCEPTABLE, desc = "Entered first.")
    @Outcome(id = "refused, drained, 0 then 0", expect = ACCEPTABLE, desc = "Closed first.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class InWord extends Watched {

        private int token;

        @Actor
        public void enter(LLL_Result r) {
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

    /** An enter that finds the word open before the close, and its cell closed or not. */
    @JCStressTest
    @Outcome(id = "entered, pending, 0 then 1", expect = ACCEPTABLE, desc = "Entered first.")
    @Outcome(id = "refused, drained, 0 then 0", expect = ACCEPTABLE, desc = "Closed first.")
    @Outcome(id = "refused, pending, 1 then 1", expect = ACCEPTABLE, desc = "The undone entry was the last to leave.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class InCell extends Watched {

        public InCell() {
            inflated();
        }

        private int token;

        @Actor
        public void enter(LLL_Result r) {
            token = gate.enterCell(1);
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

    /** As before, in the cell that is closed last. */
    @JCStressTest
    @Outcome(id = "entered, pending, 0 then 1", expect = ACCEPTABLE, desc = "Entered first.")
    @Outcome(id = "refused, drained, 0 then 0", expect = ACCEPTABLE, desc = "Closed first.")
    @Outcome(id = "refused, pending, 1 then 1", expect = ACCEPTABLE, desc = "The undone entry was the last to leave.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class InLastCell extends Watched {

        public InLastCell() {
            inflated();
        }

        private int token;

        @Actor
        public void enter(LLL_Result r) {
            token = gate.enterCell(Cells.COUNT);
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

    /** The whole of an enter. */
    @JCStressTest
    @Outcome(id = "entered, pending, 0 then 1", expect = ACCEPTABLE, desc = "Entered first.")
    @Outcome(id = "refused, drained, 0 then 0", expect = ACCEPTABLE, desc = "Closed first.")
    @Outcome(id = "refused, pending, 1 then 1", expect = ACCEPTABLE, desc = "The undone entry was the last to leave.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class Inflated extends Watched {

        public Inflated() {
            inflated();
        }

        private int token;

        @Actor
        public void enter(LLL_Result r) {
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
}
