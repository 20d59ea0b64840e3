package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** O3: which draining threads keep what they hold until their drain ends. The obstacles themselves need a framework. */
class ObstaclesTest {

    /** A step that may fail. */
    interface Step {
        void run() throws Exception;
    }

    private static StackTraceElement[] stack(String[]... parts) {
        return Stream.of(parts)
                .flatMap(Stream::of)
                .map(frame -> new StackTraceElement(
                        frame.substring(0, frame.lastIndexOf('.')), frame.substring(frame.lastIndexOf('.') + 1), null, -1))
                .toArray(StackTraceElement[]::new);
    }

    @Test
    void O3_threadThatIsNotIdle_orGoesOnMeanwhile_isNoObstacle() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        try (DrainingThread draining = DrainingThread.holding(lock)) {
            Thread caller = thread(lock::lock);
            awaitState(caller, Thread.State.WAITING);
            assertThat(new Obstacles(thread -> 0).between(caller, draining.thread())).as("not idle").isEmpty();
            AtomicLong periods = new AtomicLong();
            assertThat(new Obstacles(thread -> periods.incrementAndGet()).between(caller, draining.thread()))
                    .as("it has performed something between")
                    .isEmpty();
            caller.interrupt();
        }
    }

    @Test
    void O3_aThreadIsNotItsOwnObstacle() {
        assertThat(new Obstacles(thread -> 1).between(Thread.currentThread(), Thread.currentThread())).isEmpty();
    }

    @Test
    void O3_threadThatLoadsAClass_orResolves_mayHoldALockOfFelix_aLauncherThatWaitsDoesNot() {
        assertThat(FelixLocks.mayHoldOne(stack(new String[] {
                    "org.example.Activator.start", "org.apache.felix.framework.Felix.activateBundle"
                })))
                .as("lazy activation")
                .isTrue();
        assertThat(FelixLocks.mayHoldOne(stack(new String[] {
                    "org.example.Hook.filterMatches", "org.apache.felix.framework.StatefulResolver.resolve"
                })))
                .isTrue();
        assertThat(FelixLocks.mayHoldOne(stack(new String[] {
                    "java.lang.Object.wait", "org.apache.felix.framework.Felix.waitForStop"
                })))
                .isFalse();
        assertThat(FelixLocks.mayHoldOne(stack(new String[] {
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
            assertThat(draining.obstacleFor(caller)).hasValueSatisfying(obstacle ->
                    assertThat(obstacle).contains("ReentrantLock"));
            long waits = Obstacles.waits(caller);
            caller.interrupt();
            await(() -> Obstacles.waits(caller) > waits);
        }
    }

    @Test
    void O3_lockThatIsWaitedForWithABound_isNone_forThatWaitEndsByItself() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        try (DrainingThread draining = DrainingThread.holding(lock)) {
            Thread caller = thread(() -> lock.tryLock(1, TimeUnit.MINUTES));
            awaitState(caller, Thread.State.TIMED_WAITING);
            assertThat(draining.obstacleFor(caller)).isEmpty();
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
            assertThat(draining.obstacleFor(caller)).isEmpty();
            assertThat(draining.obstacleFor(Thread.currentThread())).isEmpty();
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
            assertThat(draining.obstacleFor(caller)).isEmpty();
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
            assertThat(draining.obstacleFor(caller)).isPresent();
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
