package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads of a test: each is joined, and its failure reported. */
final class Crew {

    private static final long PATIENCE_SECONDS = 30;

    /** One thread and what it answers. */
    static final class Member<T> {

        final Thread thread;
        private final FutureTask<T> task;

        private Member(Callable<T> work) {
            task = new FutureTask<>(work);
            thread = new Thread(task, "crew");
            thread.setDaemon(true);
        }

        T join() {
            try {
                T answer = task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                thread.join();
                return answer;
            } catch (ExecutionException e) {
                throw new AssertionError("a thread of the test failed: " + e.getCause(), e.getCause());
            } catch (TimeoutException e) {
                StringBuilder stack = new StringBuilder();
                for (StackTraceElement frame : thread.getStackTrace()) {
                    stack.append(System.lineSeparator()).append("  at ").append(frame);
                }
                return fail("a thread of the test hangs:" + stack);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while joining", e);
            }
        }

        /** Returns when the thread has come to wait for something, which only threads that wait do. */
        void awaitBlocked() {
            while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
                assertThat(thread.isAlive()).as("the thread that is to wait is alive").isTrue();
                Thread.onSpinWait();
            }
        }
    }

    private final Queue<Member<?>> members = new ConcurrentLinkedQueue<>();

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

    /** Runs work on another thread and joins it. */
    <T> T elsewhere(Callable<T> work) {
        return start(work).join();
    }

    void join() {
        for (Member<?> member = members.poll(); member != null; member = members.poll()) {
            member.join();
        }
    }
}
