package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads of a test: each is joined, and its failure is the test's. */
final class Crew {

    /** One thread, and what it answers. */
    final class Member<T> {

        final Thread thread;
        private final FutureTask<T> task;

        private Member(Callable<T> work) {
            task = new FutureTask<>(work);
            thread = new Thread(task, "crew");
            thread.setDaemon(true);
        }

        T join() {
            try {
                return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError("a thread of the test failed: " + e.getCause(), e.getCause());
            } catch (TimeoutException e) {
                throw new AssertionError("a thread of the test hangs: " + Arrays.toString(thread.getStackTrace()), e);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while joining", e);
            }
        }

        /** Returns when the thread has come to wait for something. */
        void awaitBlocked() {
            while (!isWaiting(thread)) {
                assertTrue(thread.isAlive(), "the thread that is to wait is alive");
                Thread.onSpinWait();
            }
        }
    }

    /** Whether it waits for something just now. */
    static boolean isWaiting(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    private final Duration patience;
    private final Queue<Member<?>> members = new ConcurrentLinkedQueue<>();

    Crew(Duration patience) {
        this.patience = patience;
    }

    <T> Member<T> start(Callable<T> work) {
        Member<T> member = new Member<>(work);
        members.add(member);
        member.thread.start();
        return member;
    }

    Member<Void> run(Runnable work) {
        return start(() -> {
            work.run();
            return null;
        });
    }

    /** Runs work on another thread, and joins it. */
    <T> T elsewhere(Callable<T> work) {
        return start(work).join();
    }

    /** All at the same moment, on a thread each; returns when all have returned. */
    void together(List<Runnable> works) {
        CyclicBarrier barrier = new CyclicBarrier(works.size());
        List<Member<Void>> racing = works.stream().map(work -> run(() -> {
            await(barrier);
            work.run();
        })).toList();
        racing.forEach(Member::join);
        members.removeAll(racing);
    }

    private void await(CyclicBarrier barrier) {
        try {
            barrier.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the threads of the test did not meet", e);
        }
    }

    void join() {
        for (Member<?> member = members.poll(); member != null; member = members.poll()) {
            member.join();
        }
    }
}
