package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** O3: which draining threads keep what they hold until their drain ends. The obstacles themselves need a framework. */
class ObstacleTest {

    /** A step that may fail. */
    interface Step {
        void run() throws Exception;
    }

    private static final String[] DRAIN = {
        "java.util.concurrent.locks.LockSupport.parkNanos",
        "io.nmr.engine.LoneCondition.await",
        "io.nmr.engine.Waiter.take",
        "io.nmr.engine.Waiter.passOn",
        "io.nmr.engine.Waiter.await",
        "io.nmr.engine.RegistrarEngine.drain",
        "io.nmr.registrar.Drain.drain",
        "org.apache.felix.framework.Felix.stopBundle"
    };

    private static final String[] BEFORE_IT_PARKS = {"java.lang.Thread.onSpinWait", "io.nmr.engine.LoneCondition.lookOut"};

    private static final String[] AFTER_IT_PARKED = {
        "java.util.concurrent.locks.ReentrantLock.tryLock", "io.nmr.engine.BriefLock.lock", "io.nmr.engine.LoneCondition.await"
    };

    private static final String[] WAITING = {
        "io.nmr.engine.Waiter.take",
        "io.nmr.engine.Waiter.passOn",
        "io.nmr.engine.Waiter.await",
        "io.nmr.engine.RegistrarEngine.drain"
    };

    private static final String[] IN_A_COMMIT = {
        "io.nmr.engine.BriefLock.lock", "io.nmr.engine.Npi.begin", "io.nmr.engine.Npi.commit"
    };

    private static final String[] HANDS_OVER = {
        "io.nmr.engine.LoneCondition.signal", "io.nmr.engine.Waiter.hand", "io.nmr.engine.Effects.add", "io.nmr.engine.Npi.commit"
    };

    private static final String[] WAIT_WITH_A_HANDLE = {
        "io.nmr.engine.Waiter.take", "io.nmr.engine.Waiter.await", "io.nmr.engine.RegistrarEngine.waitFor"
    };

    private static final String[] CALLBACK = {
        "org.example.Provider.detachClient", "io.nmr.engine.DetachNotice.run", "io.nmr.engine.Waiter.passOn"
    };

    private static StackTraceElement[] stack(String[]... parts) {
        return Stream.of(parts)
                .flatMap(Stream::of)
                .map(frame -> new StackTraceElement(
                        frame.substring(0, frame.lastIndexOf('.')), frame.substring(frame.lastIndexOf('.') + 1), null, -1))
                .toArray(StackTraceElement[]::new);
    }

    @Test
    void O3_threadThatOnlyWaitsInItsDrain_isIdle() {
        assertThat(Obstacle.isIdle(stack(DRAIN))).isTrue();
        assertThat(Obstacle.isIdle(stack(DRAIN, CALLBACK, DRAIN))).as("the inner drain").isTrue();
        assertThat(Obstacle.isIdle(stack(BEFORE_IT_PARKS, WAITING))).as("before it parks").isTrue();
        assertThat(Obstacle.isIdle(stack(AFTER_IT_PARKED, WAITING))).as("after it has parked").isTrue();
    }

    @Test
    void O3_threadInACallback_orInAWaitInsideOfIt_mayLetGoOfWhatItHolds() {
        assertThat(Obstacle.isIdle(stack(CALLBACK, DRAIN))).isFalse();
        assertThat(Obstacle.isIdle(stack(WAIT_WITH_A_HANDLE, CALLBACK, DRAIN))).isFalse();
        assertThat(Obstacle.isIdle(stack(new String[] {"java.lang.Object.wait"}))).isFalse();
    }

    @Test
    void O3_threadThatWaitsForTheLockOfAnNpi_orHandsOver_isNotIdle() {
        assertThat(Obstacle.isIdle(stack(IN_A_COMMIT, DRAIN))).isFalse();
        assertThat(Obstacle.isIdle(stack(HANDS_OVER, DRAIN))).isFalse();
    }

    @Test
    void O3_aThreadIsNotItsOwnObstacle() {
        assertThat(Obstacle.of(Thread.currentThread(), Thread.currentThread())).isEmpty();
    }

    @Test
    void O3_threadThatLoadsAClass_orResolves_mayHoldALockOfFelix_aLauncherThatWaitsDoesNot() {
        assertThat(Obstacle.mayHoldALockOfFelix(stack(new String[] {
                    "org.example.Activator.start", "org.apache.felix.framework.Felix.activateBundle"
                })))
                .as("lazy activation")
                .isTrue();
        assertThat(Obstacle.mayHoldALockOfFelix(stack(new String[] {
                    "org.example.Hook.filterMatches", "org.apache.felix.framework.StatefulResolver.resolve"
                })))
                .isTrue();
        assertThat(Obstacle.mayHoldALockOfFelix(stack(new String[] {
                    "java.lang.Object.wait", "org.apache.felix.framework.Felix.waitForStop"
                })))
                .isFalse();
        assertThat(Obstacle.mayHoldALockOfFelix(stack(new String[] {
                    "java.lang.Object.wait", "org.apache.felix.framework.util.EventDispatcher.run"
                })))
                .isFalse();
    }

    @Test
    void O3_lockOfTheDrainingThread_isAnObstacle() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        try (DrainingThread draining = DrainingThread.holding(lock)) {
            Thread caller = thread(lock::lock);
            awaitState(caller, Thread.State.WAITING);
            assertThat(Obstacle.of(caller, draining.thread())).hasValueSatisfying(obstacle ->
                    assertThat(obstacle).contains("ReentrantLock"));
            long waits = Obstacle.waits(caller);
            caller.interrupt();
            await(() -> Obstacle.waits(caller) > waits);
        }
    }

    @Test
    void O3_lockThatIsWaitedForWithABound_isNone_forThatWaitEndsByItself() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        try (DrainingThread draining = DrainingThread.holding(lock)) {
            Thread caller = thread(() -> lock.tryLock(1, TimeUnit.MINUTES));
            awaitState(caller, Thread.State.TIMED_WAITING);
            assertThat(Obstacle.of(caller, draining.thread())).isEmpty();
            caller.interrupt();
        }
    }

    @Test
    void O3_lockOfAThirdThread_orNone_isNoObstacle() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        try (DrainingThread draining = DrainingThread.holding(new ReentrantLock())) {
            Thread caller = thread(lock::lockInterruptibly);
            awaitState(caller, Thread.State.WAITING);
            assertThat(Obstacle.of(caller, draining.thread())).isEmpty();
            assertThat(Obstacle.of(Thread.currentThread(), draining.thread())).isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Test
    void O3_oneBetween_whoGivesUpByItself_isNoObstacle() throws Exception {
        ReentrantLock first = new ReentrantLock();
        ReentrantLock second = new ReentrantLock();
        try (DrainingThread draining = DrainingThread.holding(first)) {
            Thread between = thread(() -> {
                second.lock();
                first.tryLock(1, TimeUnit.MINUTES);
            });
            awaitState(between, Thread.State.TIMED_WAITING);
            Thread caller = thread(second::lock);
            awaitState(caller, Thread.State.WAITING);
            assertThat(Obstacle.of(caller, draining.thread())).isEmpty();
            between.interrupt();
        }
    }

    @Test
    void O3_monitorThatIsNeededToGoOn_isAnObstacle_withABoundToo() throws Exception {
        Object monitor = new Object();
        Thread caller = thread(() -> {
            synchronized (monitor) {
                monitor.wait(TimeUnit.MINUTES.toMillis(1));
            }
        });
        awaitState(caller, Thread.State.TIMED_WAITING);
        try (DrainingThread draining = DrainingThread.inside(monitor)) {
            assertThat(Obstacle.of(caller, draining.thread())).isPresent();
        }
        caller.interrupt();
    }

    private static Thread thread(Step work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                // It is interrupted when the test is done with it.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void awaitState(Thread thread, Thread.State state) {
        await(() -> thread.getState() == state);
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).isNegative();
            Thread.onSpinWait();
        }
    }
}
