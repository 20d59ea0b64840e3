package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** T2, T3: an entry that is taken back counts for nothing. */
public final class RefusedEnterAndLastExit {

    private RefusedEnterAndLastExit() {}

    /** It leaves its cell beside the last call of all. */
    @JCStressTest
    @Outcome(id = "refused, 1 then 1", expect = ACCEPTABLE, desc = "One completion.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OneCellLeft extends Watched {

        private final int last;
        private final int other;

        public OneCellLeft() {
            last = inflated().gate.enterCell(1);
            other = CallGate.REFUSED;
            close();
        }

        @Actor
        public void exit() {
            gate.exit(last);
        }

        @Actor
        public void enter(LL_Result r) {
            r.r1 = entered(gate.enterCell(1));
        }

        @Arbiter
        public void count(LL_Result r) {
            r.r2 = exit(other);
        }
    }

    /** It leaves its cell beside the last call in that; another cell has one more. */
    @JCStressTest
    @Outcome(id = "refused, 0 then 1", expect = ACCEPTABLE, desc = "One completion, by the last call.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class TwoCellsLeft extends Watched {

        private final int last;
        private final int other;

        public TwoCellsLeft() {
            last = inflated().gate.enterCell(1);
            other = gate.enterCell(2);
            close();
        }

        @Actor
        public void exit() {
            gate.exit(last);
        }

        @Actor
        public void enter(LL_Result r) {
            r.r1 = entered(gate.enterCell(1));
        }

        @Arbiter
        public void count(LL_Result r) {
            r.r2 = exit(other);
        }
    }
}
