package io.nmr.registrar;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds what keeps a thread inside a call from going on, if the thread that waits for the call holds it: a monitor or a
 * lock, or one of the framework's own locks, which {@link FelixLocks} knows.
 *
 * <p>A first look only suspects; a second one, of all the threads in one moment, decides. The draining thread has to be idle
 * in the same wait before and after it. So the answer is certain for platform threads; virtual threads are not looked into.
 * A lock that is waited for with a bound is no obstacle, because that wait ends by itself. Equinox's wait for a bundle's
 * lock is one all the same, because it ends in failure only.
 */
final class Obstacles {

    private static final int LONGEST_CHAIN = 16;
    private static final String EQUINOX_BUNDLE = "org.eclipse.osgi.container.Module";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ToLongFunction<Thread> idleWait;

    /** {@code idleWait} answers 0 for a thread that is not idle in a drain, and the same again while it stays idle. */
    Obstacles(ToLongFunction<Thread> idleWait) {
        this.idleWait = idleWait;
    }

    /** What {@code caller} waits for, if only {@code waiting} can give it, and does not before its drain ends. */
    Optional<String> between(Thread caller, Thread waiting) {
        long idle = idleWait.applyAsLong(waiting);
        if (caller == waiting || idle == 0) {
            return Optional.empty();
        }
        return lockHeldBy(waiting, caller)
                .or(() -> FelixLocks.heldBy(waiting, caller))
                .filter(obstacle -> idleWait.applyAsLong(waiting) == idle);
    }

    /** How often the thread has begun to wait: if it is the same again, the thread has not gone on between. */
    static long waits(Thread thread) {
        ThreadInfo info = THREADS.getThreadInfo(thread.getId());
        return info == null ? 0 : info.getBlockedCount() + info.getWaitedCount();
    }

    /** The caller may wait for a thread that waits for another, and so on. */
    private static Optional<String> lockHeldBy(Thread owner, Thread caller) {
        long[] chain = chain(caller.getId(), owner.getId());
        if (chain.length == 0) {
            return Optional.empty();
        }
        ThreadInfo[] moment = THREADS.getThreadInfo(chain, Integer.MAX_VALUE);
        return isChain(moment)
                ? Optional.of(moment[0].getLockName()
                        + ", which is held by the thread that waits, or by one that waits for that")
                : Optional.empty();
    }

    /** Which thread waits for which, looked at one after the other; empty if it does not lead to {@code owner}. */
    private static long[] chain(long caller, long owner) {
        List<Long> chain = new ArrayList<>();
        for (long next = caller; next >= 0 && chain.size() < LONGEST_CHAIN; next = lockOwner(next)) {
            chain.add(next);
            if (next == owner) {
                return chain.stream().mapToLong(Long::longValue).toArray();
            }
        }
        return new long[0];
    }

    private static long lockOwner(long thread) {
        ThreadInfo info = THREADS.getThreadInfo(thread);
        return info == null ? -1 : info.getLockOwnerId();
    }

    private static boolean isChain(ThreadInfo[] moment) {
        return Stream.of(moment).noneMatch(Objects::isNull)
                && IntStream.range(0, moment.length - 1).allMatch(i ->
                        moment[i].getLockOwnerId() == moment[i + 1].getThreadId() && !endsByItself(moment[i]));
    }

    /** A thread that waits to be notified, with a bound or without, needs the monitor to go on; for a lock it may give up. */
    private static boolean endsByItself(ThreadInfo blocked) {
        StackTraceElement[] stack = blocked.getStackTrace();
        return blocked.getThreadState() == Thread.State.TIMED_WAITING
                && !stack[0].getClassName().equals("java.lang.Object")
                && Arrays.stream(stack).noneMatch(frame ->
                        frame.getClassName().equals(EQUINOX_BUNDLE) && frame.getMethodName().equals("lockStateChange"));
    }
}
