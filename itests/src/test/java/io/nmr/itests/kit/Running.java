package io.nmr.itests.kit;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread of a test: joined in the end, and its failure reported. */
public final class Running<T> {

    /** Where a thread waits for deregistrations. */
    private static final String WAITS = "io.nmr.engine.waiting.WaitingThread";

    private final FutureTask<T> task;
    private final Thread thread;

    public Running(String name, Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    public T join() {
        try {
            return task.get(Await.SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(thread.getName() + " failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            AssertionError stuck = new AssertionError(thread.getName() + " did not end; it is here:");
            stuck.setStackTrace(thread.getStackTrace());
            throw stuck;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public boolean isDone() {
        return task.isDone();
    }

    public Thread thread() {
        return thread;
    }

    /** Returns once the thread waits inside the registrar; fails if it has ended instead. */
    public void awaitWaiting() {
        awaitWaiting(WAITS);
    }

    /** Returns once the thread waits inside a class of this name; fails if it has ended instead. */
    public void awaitWaiting(String where) {
        Await.until(thread.getName() + " waits inside " + where, () -> {
            if (isDone()) {
                join();
                throw new AssertionError(thread.getName() + " has ended, and did not wait inside " + where);
            }
            return isWaiting(thread, where);
        });
    }

    /** Returns once so many threads, whosever they are, wait inside the registrar. */
    public static void awaitWaiting(int threads) {
        Await.until(threads + " threads wait inside the registrar", () -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> isWaiting(thread, WAITS))
                .count() >= threads);
    }

    /** Returns once the thread waits for anything: the registrar, or a lock of the framework's. */
    public void awaitNotRunning() {
        Await.until(thread.getName() + " waits", () -> switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING, TERMINATED -> true;
            case NEW, RUNNABLE -> false;
        });
    }

    /** Returns once the thread waits without bound inside a class of this name. */
    public void awaitWaitingForever(String where) {
        Await.until(thread.getName() + " waits for ever inside " + where, () -> thread.getState() == Thread.State.WAITING
                && isInside(thread, where));
    }

    /** Returns once the thread waits for a monitor. */
    public static void awaitBlocked(Thread thread) {
        Await.until(thread.getName() + " is blocked", () -> thread.getState() == Thread.State.BLOCKED);
    }

    /** Whether a thread waits inside a class of this name. */
    public static boolean isWaiting(Thread thread, String where) {
        return thread.getState() == Thread.State.TIMED_WAITING && isInside(thread, where);
    }

    private static boolean isInside(Thread thread, String where) {
        return Arrays.stream(thread.getStackTrace()).anyMatch(frame -> frame.getClassName().startsWith(where));
    }
}
