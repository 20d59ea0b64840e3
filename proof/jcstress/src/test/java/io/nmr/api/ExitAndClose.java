package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** T2: the close answers drained, or the exit completes. */
public final class ExitAndClose {

    private ExitAndClose() {}

    /** In the word. */
    @JCStressTest
    @Outcome(id = "drained, 0", expect = ACCEPTABLE, desc = "The exit was first.")
    @Outcome(id = "pending, 1", expect = ACCEPTABLE, desc = "The close was first: the exit completes.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class InWord extends Watched {

        private final int token;

        public InWord() {
            token = gate.enter();
        }

        @Actor
        public void exit() {
            gate.exit(token);
        }

        @Actor
        public void close(LL_Result r) {
            r.r1 = close();
        }

        @Arbiter
        public void count(LL_Result r) {
            r.r2 = completions.get();
        }
    }

    /** In a cell. */
    @JCStressTest
    @Outcome(id = "drained, 0", expect = ACCEPTABLE, desc = "The exit was first.")
    @Outcome(id = "pending, 1", expect = ACCEPTABLE, desc = "The close was first: the exit completes.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class InCell extends Watched {

        private final int token;

        public InCell() {
            token = inflated().gate.enterCell(1);
        }

        @Actor
        public void exit() {
            gate.exit(token);
        }

        @Actor
        public void close(LL_Result r) {
            r.r1 = close();
        }

        @Arbiter
        public void count(LL_Result r) {
            r.r2 = completions.get();
        }
    }

    /** Of a call that entered before the inflation. */
    @JCStressTest
    @Outcome(id = "drained, 0", expect = ACCEPTABLE, desc = "The exit was first.")
    @Outcome(id = "pending, 1", expect = ACCEPTABLE, desc = "The close was first: the exit completes.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class InWordOfInflated extends Watched {

        private final int token;

        public InWordOfInflated() {
            token = gate.enter();
            inflated();
        }

        @Actor
        public void exit() {
            gate.exit(token);
        }

        @Actor
        public void close(LL_Result r) {
            r.r1 = close();
        }

        @Arbiter
        public void count(LL_Result r) {
            r.r2 = completions.get();
        }
    }
}
