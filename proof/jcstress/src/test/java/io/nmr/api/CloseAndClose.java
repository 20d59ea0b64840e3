package io.nmr.api;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** T2: the completion of each close that answered pending runs once, no other does. */
public final class CloseAndClose {

    private CloseAndClose() {}

    /** Without a call, in the word. */
    @JCStressTest
    @Outcome(id = "drained, drained, 0 and 0", expect = ACCEPTABLE, desc = "One after the other.")
    @Outcome(
            id = {"drained, pending, 0 and 1", "pending, drained, 1 and 0"},
            expect = ACCEPTABLE,
            desc = "One drains, and completes for the other.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class OfWord extends Watched {

        private final AtomicInteger second = new AtomicInteger();

        @Actor
        public void close(LLL_Result r) {
            r.r1 = close();
        }

        @Actor
        public void closeToo(LLL_Result r) {
            r.r2 = closed(closer.close(second::incrementAndGet));
        }

        @Arbiter
        public void count(LLL_Result r) {
            r.r3 = completions + " and " + second;
        }
    }

    /** Without a call, in cells. */
    @JCStressTest
    @Outcome(id = "drained, drained, 0 and 0", expect = ACCEPTABLE, desc = "One after the other.")
    @Outcome(
            id = {"drained, pending, 0 and 1", "pending, drained, 1 and 0"},
            expect = ACCEPTABLE,
            desc = "One drains, and completes for the other.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OfCells extends Watched {

        private final AtomicInteger second = new AtomicInteger();

        public OfCells() {
            inflated();
        }

        @Actor
        public void close(LLL_Result r) {
            r.r1 = close();
        }

        @Actor
        public void closeToo(LLL_Result r) {
            r.r2 = closed(closer.close(second::incrementAndGet));
        }

        @Arbiter
        public void count(LLL_Result r) {
            r.r3 = completions + " and " + second;
        }
    }

    /** With a call, in the word. */
    @JCStressTest
    @Outcome(id = "pending, pending, 1 and 1", expect = ACCEPTABLE, desc = "The exit completes for both.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OfWordWithACall extends Watched {

        private final AtomicInteger second = new AtomicInteger();

        public OfWordWithACall() {
            gate.enter();
        }

        @Actor
        public void close(LLL_Result r) {
            r.r1 = close();
        }

        @Actor
        public void closeToo(LLL_Result r) {
            r.r2 = closed(closer.close(second::incrementAndGet));
        }

        @Arbiter
        public void count(LLL_Result r) {
            gate.exit(0);
            r.r3 = completions + " and " + second;
        }
    }

    /** With a call, in a cell. */
    @JCStressTest
    @Outcome(id = "pending, pending, 1 and 1", expect = ACCEPTABLE, desc = "The exit completes for both.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    @SuppressWarnings("this-escape")
    public static class OfCellsWithACall extends Watched {

        private final AtomicInteger second = new AtomicInteger();

        public OfCellsWithACall() {
            inflated().gate.enterCell(1);
        }

        @Actor
        public void close(LLL_Result r) {
            r.r1 = close();
        }

        @Actor
        public void closeToo(LLL_Result r) {
            r.r2 = closed(closer.close(second::incrementAndGet));
        }

        @Arbiter
        public void count(LLL_Result r) {
            gate.exit(1);
            r.r3 = completions + " and " + second;
        }
    }
}
