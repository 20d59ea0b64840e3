package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue of the callback threads: no task is lost, doubled or overtaken. */
@Timeout(60)
class SpinningQueueTest {

    private static final Runnable FIRST = () -> { };
    private static final Runnable SECOND = () -> { };
    private static final int TASKS = 200_000;

    private final ExecutorService takers = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        takers.shutdownNow();
    }

    @Test
    void T2_threadThatSpins_getsTheTask_andTheQueueDoesNot() throws Exception {
        SpinningQueue queue = new SpinningQueue(SpinningQueueTest::spinUntil);
        Future<Runnable> taken = takers.submit(queue::take);
        awaitSpinning(queue);

        assertThat(queue.offer(FIRST)).isTrue();

        assertThat(queue).isEmpty();
        assertThat(taken.get()).isSameAs(FIRST);
        assertThat(queue.isSpinning()).isFalse();
    }

    @Test
    void T2_taskAfterTheOneHandedOver_standsInTheQueue() throws Exception {
        SpinningQueue queue = new SpinningQueue(condition -> false);
        queue.offer(FIRST);
        queue.offer(SECOND);

        assertThat(queue).containsExactly(FIRST, SECOND);
        assertThat(queue.take()).isSameAs(FIRST);
        assertThat(queue.take()).isSameAs(SECOND);
        assertThat(queue.isSpinning()).isFalse();
    }

    @Test
    void T2_threadThatSpins_takesWhatStandsInTheQueue() throws Exception {
        SpinningQueue queue = new SpinningQueue(SpinningQueueTest::spinUntil);
        queue.offer(FIRST);

        assertThat(queue.take()).isSameAs(FIRST);
        assertThat(queue).isEmpty();
    }

    /** A detach callback is not to begin before the notice that the deregistration begins, where one thread calls both. */
    @Test
    void D2_poolOfOneThread_takesTheTasksOfOneThread_inTheirOrder() throws Exception {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new SpinningQueue());
        int[] last = new int[1];
        int[] reversed = new int[1];
        for (int i = 1; i <= TASKS; i++) {
            int number = i;
            pool.execute(() -> {
                reversed[0] += number == last[0] + 1 ? 0 : 1;
                last[0] = number;
            });
        }
        pool.shutdown();

        assertThat(pool.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
        assertThat(last[0]).isEqualTo(TASKS);
        assertThat(reversed[0]).isZero();
    }

    @Test
    void T2_interruptedThread_parksNoMore_andLosesNoTask() throws Exception {
        SpinningQueue queue = new SpinningQueue(condition -> false);
        Future<Runnable> taken = takers.submit(() -> {
            Thread.currentThread().interrupt();
            return queue.take();
        });

        assertThat(taken).failsWithin(30, TimeUnit.SECONDS).withThrowableThat().withMessageContaining("Interrupted");
        queue.offer(FIRST);
        assertThat(queue).containsExactly(FIRST);
    }

    @Test
    void T2_poolThatGrowsAndShrinks_runsEachTaskOnce_thatItTookBeforeItsShutdown() throws Exception {
        AtomicIntegerArray ran = new AtomicIntegerArray(TASKS);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(4, 4, 0, TimeUnit.SECONDS, new SpinningQueue());
        CountDownLatch offered = new CountDownLatch(4);
        List<Future<?>> offering = new ArrayList<>();
        for (int part = 0; part < 4; part++) {
            int first = part;
            offering.add(takers.submit(() -> {
                IntStream.iterate(first, i -> i < TASKS, i -> i + 4).forEach(i -> pool.execute(() -> ran.incrementAndGet(i)));
                offered.countDown();
            }));
        }
        for (int size = 1; offered.getCount() > 0; size = size % 4 + 1) {
            pool.setCorePoolSize(size);
            pool.setMaximumPoolSize(size);
            pool.setMaximumPoolSize(4);
        }
        for (Future<?> each : offering) {
            each.get();
        }

        pool.shutdown();

        assertThat(pool.awaitTermination(50, TimeUnit.SECONDS)).isTrue();
        assertThat(IntStream.range(0, TASKS).filter(i -> ran.get(i) != 1)).isEmpty();
    }

    private static boolean spinUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
        return true;
    }

    private static void awaitSpinning(SpinningQueue queue) {
        while (!queue.isSpinning()) {
            Thread.onSpinWait();
        }
    }
}
