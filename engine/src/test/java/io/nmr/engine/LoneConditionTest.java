package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C3: a wait ends when what it waits for is signalled, and at the latest when its time has passed. */
class LoneConditionTest {

    private static final int NO_LOOK = 0;
    private static final int LOOKS_ON = Integer.MAX_VALUE;
    private static final long LONG = Duration.ofHours(1).toNanos();

    private final ReentrantLock lock = new BriefLock();
    private int parked;
    private final Crew crew = new Crew();

    /** Both guarded by the lock. */
    private LoneCondition condition;
    private boolean happened;
    private int waits;

    @AfterEach
    void everybodyIsBack() {
        crew.join();
    }

    /** Waits until it has happened; answers whether it was interrupted meanwhile. */
    private boolean awaitIt(int looks) {
        lock.lock();
        try {
            condition = new LoneCondition(lock, looks);
            while (!happened) {
                waits++;
                condition.await(LONG);
            }
            condition.restoreInterrupt();
            return Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** It has let go of the lock. */
    private Crew.Member<Boolean> waiting(int looks) {
        Crew.Member<Boolean> waiting = crew.start(() -> awaitIt(looks));
        while (!isWaiting()) {
            assertThat(waiting.thread.isAlive()).isTrue();
        }
        return waiting;
    }

    private void letItHappen() {
        lock.lock();
        try {
            happened = true;
            condition.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean isWaiting() {
        lock.lock();
        try {
            return condition != null;
        } finally {
            lock.unlock();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {NO_LOOK, LOOKS_ON})
    void C3_signalled_parkedOrLookingOut_isBack(int looks) {
        Crew.Member<Boolean> waiting = waiting(looks);
        if (looks == NO_LOOK) {
            waiting.awaitBlocked();
        }

        letItHappen();

        assertThat(waiting.join()).as("interrupted").isFalse();
    }

    @Test
    void C3_interrupted_waitsOn_andTheInterruptIsRestored() {
        Crew.Member<Boolean> waiting = waiting(NO_LOOK);
        waiting.awaitBlocked();

        waiting.thread.interrupt();
        while (waiting.thread.isInterrupted()) {
            Thread.onSpinWait();
        }
        waiting.awaitBlocked();
        letItHappen();

        assertThat(waiting.join()).as("interrupted").isTrue();
    }

    @Test
    void C3_itsTimePasses_isBackWithTheLock() {
        lock.lock();
        new LoneCondition(lock, NO_LOOK).await(1);
        assertThat(lock.isHeldByCurrentThread()).isTrue();
    }

    @Test
    void C3_toWaitAndToSignal_takeNoMemory() {
        LoneCondition waitedFor = new LoneCondition(lock, 1);
        assertThat(leastTaken(() -> waitedFor.await(1))).as("to wait").isZero();

        Crew.Member<Boolean> waiting = waiting(NO_LOOK);
        assertThat(leastTaken(condition::signal, () -> awaitParked(waiting))).as("to signal").isZero();
        letItHappen();
        waiting.join();
    }

    /** Once more than ever before. */
    private void awaitParked(Crew.Member<?> waiting) {
        parked++;
        while (waits() < parked) {
            Thread.onSpinWait();
        }
        waiting.awaitBlocked();
    }

    private int waits() {
        lock.lock();
        try {
            return waits;
        } finally {
            lock.unlock();
        }
    }

    private long leastTaken(Runnable step) {
        return leastTaken(step, () -> { });
    }

    /** Bytes, under the lock; of several times, since at first what it needs is loaded. */
    private long leastTaken(Runnable step, Runnable before) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            before.run();
            lock.lock();
            try {
                long begin = threads.getCurrentThreadAllocatedBytes();
                step.run();
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - begin);
            } finally {
                lock.unlock();
            }
        }
        return least;
    }
}
