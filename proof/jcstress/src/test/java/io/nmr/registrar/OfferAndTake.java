package io.nmr.registrar;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.function.BooleanSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Each task is taken once, whether it was handed over or stood in the queue, and what it carries is seen (T2). */
public class OfferAndTake {

    private static final class Task implements Runnable {

        private int number;

        Task(int number) {
            this.number = number;
        }

        @Override
        public void run() {}
    }

    /** So seldom that it often parks. */
    private static boolean spin(BooleanSupplier condition) {
        return condition.getAsBoolean() || condition.getAsBoolean() || condition.getAsBoolean();
    }

    private static int taken(SpinningQueue queue) {
        try {
            return ((Task) queue.take()).number;
        } catch (InterruptedException e) {
            return -1;
        }
    }

    private static int left(SpinningQueue queue) {
        return queue.size() + (queue.isSpinning() ? 1 : 0);
    }

    /** One thread offers both, another takes both. */
    @JCStressTest
    @Outcome(id = {"1, 2, 0", "2, 1, 0"}, expect = ACCEPTABLE, desc = "Both tasks were taken.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class ByOne {

        private final SpinningQueue queue = new SpinningQueue(OfferAndTake::spin);

        @Actor
        public void offer() {
            queue.offer(new Task(1));
            queue.offer(new Task(2));
        }

        @Actor
        public void take(III_Result r) {
            r.r1 = taken(queue);
            r.r2 = taken(queue);
        }

        /** What is left. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = left(queue);
        }
    }

    /** Each is offered and taken by a thread of its own. */
    @JCStressTest
    @Outcome(id = {"1, 2, 0", "2, 1, 0"}, expect = ACCEPTABLE, desc = "Each of the two got one of the two.")
    @Outcome(expect = FORBIDDEN, desc = "Anything else.")
    @State
    public static class ByTwo {

        private final SpinningQueue queue = new SpinningQueue(OfferAndTake::spin);

        @Actor
        public void offerOne() {
            queue.offer(new Task(1));
        }

        @Actor
        public void offerTheOther() {
            queue.offer(new Task(2));
        }

        @Actor
        public void takeOne(III_Result r) {
            r.r1 = taken(queue);
        }

        @Actor
        public void takeTheOther(III_Result r) {
            r.r2 = taken(queue);
        }

        /** What is left. */
        @Arbiter
        public void end(III_Result r) {
            r.r3 = left(queue);
        }
    }
}
