package io.nmr.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** C3: a signal under the lock reaches a thread that waits, in whatever step of its wait it is. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "It was signalled, or had not begun to wait.")
@Outcome(id = "0", expect = FORBIDDEN, desc = "Its time passed: the signal was lost.")
@State
public class SignalAndAwait {

    /** So few that it often parks. */
    private static final int LOOKS = 3;

    private static final long LONG = Duration.ofSeconds(20).toNanos();

    private final ReentrantLock lock = new BriefLock();
    private LoneCondition condition;
    private boolean happened;

    @Actor
    public void await(I_Result r) {
        long begin = System.nanoTime();
        lock.lock();
        try {
            condition = new LoneCondition(lock, LOOKS);
            while (!happened) {
                condition.await(LONG);
            }
        } finally {
            lock.unlock();
        }
        r.r1 = System.nanoTime() - begin < LONG ? 1 : 0;
    }

    @Actor
    public void signal() {
        lock.lock();
        try {
            happened = true;
            if (condition != null) {
                condition.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
