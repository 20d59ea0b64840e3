package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * T6: a call within one in progress is admitted whether the gate is closed or not, and the gate drains when it has
 * left, though the outer call and another leave at any moment. Two actors: the quick run has two processors.
 */
public final class EnterWithin {

    private EnterWithin() {}

    /** In the word. */
    @JCStressTest
    @Outcome(id = "pending, 0 then 1", expect = ACCEPTABLE, desc = "Admitted, and waited for.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class InWord extends Watched {

        private final int outer = gate.enter();
        private final int other = gate.enter();
        private int inner;

        @Actor
        public void enterWithin() {
            inner = gate.enterWithin(outer);
            gate.exit(outer);
        }

        @Actor
        public void exitAndClose(LL_Result r) {
            gate.exit(other);
            r.r1 = close();
        }

        @Arbiter
        public void exit(LL_Result r) {
            r.r2 = exit(inner);
        }
    }

    /** In one cell. */
    @JCStressTest
    @Outcome(id = "pending, 0 then 1", expect = ACCEPTABLE, desc = "Admitted, and waited for.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class InCell extends Watched {

        private final int outer;
        private final int other;
        private int inner;

        public InCell() {
            inflated();
            outer = gate.enterCell(1);
            other = gate.enterCell(1);
        }

        @Actor
        public void enterWithin() {
            inner = gate.enterWithin(outer);
            gate.exit(outer);
        }

        @Actor
        public void exitAndClose(LL_Result r) {
            gate.exit(other);
            r.r1 = close();
        }

        @Arbiter
        public void exit(LL_Result r) {
            r.r2 = exit(inner);
        }
    }

    /** Entered in the word, which is then inflated: the inner call is counted where the outer one is. */
    @JCStressTest
    @Outcome(id = "pending, 0 then 1", expect = ACCEPTABLE, desc = "Admitted, and waited for.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class InInflatedWord extends Watched {

        private final int outer;
        private final int other;
        private int inner;

        public InInflatedWord() {
            outer = gate.enter();
            inflated();
            other = gate.enterCell(1);
        }

        @Actor
        public void enterWithin() {
            inner = gate.enterWithin(outer);
            gate.exit(outer);
        }

        @Actor
        public void exitAndClose(LL_Result r) {
            gate.exit(other);
            r.r1 = close();
        }

        @Arbiter
        public void exit(LL_Result r) {
            r.r2 = exit(inner);
        }
    }
}
