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
    private final Crew crew = new Crew();

    /** Both guarded by the lock. */
    private LoneCondition condition;
    private boolean happened;

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
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        lock.lock();
        LoneCondition waitedFor = new LoneCondition(lock, 1);
        long taken = Long.MAX_VALUE;
        for (int round = 0; round < 10 && taken > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            waitedFor.await(1);
            waitedFor.signal();
            taken = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(taken).as("bytes, once everything is loaded").isZero();
    }
}
