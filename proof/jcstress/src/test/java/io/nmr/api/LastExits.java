package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** T2, T3: two calls leave a closed gate. */
public final class LastExits {

    private LastExits() {}

    /** In the word. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One completion, which sees what both calls wrote.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OfWord extends Watched {

        private final int first;
        private final int second;
        private int one;
        private int other;
        private int seen;

        public OfWord() {
            first = gate.enter();
            second = gate.enter();
            closer.close(this::drained);
        }

        @Actor
        public void exitFirst() {
            one = 1;
            gate.exit(first);
        }

        @Actor
        public void exitSecond() {
            other = 1;
            gate.exit(second);
        }

        @Arbiter
        public void count(II_Result r) {
            r.r1 = seen;
            r.r2 = completions.get();
        }

        private void drained() {
            seen = one + other;
            completions.incrementAndGet();
        }
    }

    /** In one cell. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One completion, which sees what both calls wrote.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OfOneCell extends Watched {

        private final int first;
        private final int second;
        private int one;
        private int other;
        private int seen;

        public OfOneCell() {
            first = inflated().gate.enterCell(1);
            second = gate.enterCell(1);
            closer.close(this::drained);
        }

        @Actor
        public void exitFirst() {
            one = 1;
            gate.exit(first);
        }

        @Actor
        public void exitSecond() {
            other = 1;
            gate.exit(second);
        }

        @Arbiter
        public void count(II_Result r) {
            r.r1 = seen;
            r.r2 = completions.get();
        }

        private void drained() {
            seen = one + other;
            completions.incrementAndGet();
        }
    }

    /** In a cell each. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One completion, which sees what both calls wrote.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OfTwoCells extends Watched {

        private final int first;
        private final int second;
        private int one;
        private int other;
        private int seen;

        public OfTwoCells() {
            first = inflated().gate.enterCell(1);
            second = gate.enterCell(2);
            closer.close(this::drained);
        }

        @Actor
        public void exitFirst() {
            one = 1;
            gate.exit(first);
        }

        @Actor
        public void exitSecond() {
            other = 1;
            gate.exit(second);
        }

        @Arbiter
        public void count(II_Result r) {
            r.r1 = seen;
            r.r2 = completions.get();
        }

        private void drained() {
            seen = one + other;
            completions.incrementAndGet();
        }
    }

    /** One entered before the inflation. */
    @JCStressTest
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One completion, which sees what both calls wrote.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OfWordAndCell extends Watched {

        private final int first;
        private final int second;
        private int one;
        private int other;
        private int seen;

        public OfWordAndCell() {
            first = gate.enter();
            second = inflated().gate.enterCell(1);
            closer.close(this::drained);
        }

        @Actor
        public void exitFirst() {
            one = 1;
            gate.exit(first);
        }

        @Actor
        public void exitSecond() {
            other = 1;
            gate.exit(second);
        }

        @Arbiter
        public void count(II_Result r) {
            r.r1 = seen;
            r.r2 = completions.get();
        }

        private void drained() {
            seen = one + other;
            completions.incrementAndGet();
        }
    }
}
