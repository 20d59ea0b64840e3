package io.nmr.registrar;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What keeps a thread inside a call from going on, where that is held by the thread that waits for the call: a monitor
 * or a lock, and on Felix the framework's own locks, which have no owner that the platform knows of.
 *
 * <p>What points to one is looked at again in one moment of all the threads it is about. Then it is certain for platform
 * threads; others are not looked into. A lock that is waited for with a bound is none, for that wait ends by itself; but
 * Equinox's bound on the wait for a bundle's lock ends it in failure only. On Felix one case needs more than the two
 * stacks: whose bundle is locked cannot be seen, so it must be the draining thread's, because no other thread is where it
 * might hold a lock of the framework's.
 */
final class Obstacle {

    private static final int LONGEST_CHAIN = 16;
    private static final String WAITER = "io.nmr.engine.Waiter";
    private static final Set<String> PARKS = Set.of("io.nmr.engine.LoneCondition", "io.nmr.engine.BriefLock");
    private static final String ENGINE = "io.nmr.engine.RegistrarEngine";
    private static final String EQUINOX_BUNDLE = "org.eclipse.osgi.container.Module";
    private static final String FELIX = "org.apache.felix.framework.Felix";
    private static final String FELIX_RESOLVER = "org.apache.felix.framework.StatefulResolver";

    /** What a launcher's thread does; it holds nothing meanwhile. */
    private static final String FELIX_WAITS = "waitForStop";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Obstacle() {}

    /** What {@code caller} waits for, if only {@code waiting} can give it, and does not before its drain ends. */
    static Optional<String> of(Thread caller, Thread waiting) {
        StackTraceElement[] stack = waiting.getStackTrace();
        if (caller == waiting || !isIdle(stack)) {
            return Optional.empty();
        }
        Optional<String> lock = lockHeldBy(waiting, caller);
        return lock.isPresent() ? lock : lockOfFelix(caller, waiting, stack);
    }

    /** How often the thread has begun to wait: where it is the same again, it has not gone on between. */
    static long waits(Thread thread) {
        ThreadInfo info = THREADS.getThreadInfo(thread.getId());
        return info == null ? 0 : info.getBlockedCount() + info.getWaitedCount();
    }

    /**
     * Whether the thread does nothing but wait in its innermost drain: what it holds it holds until that ends. A callback
     * that it performs meanwhile, and a wait inside of that, may end and let go of what they hold. It looks out before it
     * parks (ADR 18), which is to wait as well.
     */
    static boolean isIdle(StackTraceElement[] stack) {
        List<StackTraceElement> ours = Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith("io.nmr."))
                .dropWhile(frame -> PARKS.contains(frame.getClassName()))
                .toList();
        return !ours.isEmpty()
                && is(ours.get(0), WAITER, "take")
                && ours.stream()
                        .filter(frame -> !frame.getClassName().equals(WAITER))
                        .findFirst()
                        .filter(frame -> is(frame, ENGINE, "drain"))
                        .isPresent();
    }

    private static boolean is(StackTraceElement frame, String type, String method) {
        return frame.getClassName().equals(type) && frame.getMethodName().equals(method);
    }

    /** The caller may wait for one who waits for another, and so on. */
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

    /** Who waits for whom as it seems, looked at one after the other; empty if it does not lead to {@code owner}. */
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
        int last = moment.length - 1;
        return Stream.of(moment).noneMatch(Objects::isNull)
                && IntStream.range(0, last).allMatch(i ->
                        moment[i].getLockOwnerId() == moment[i + 1].getThreadId() && !endsByItself(moment[i]))
                && isIdle(moment[last].getStackTrace());
    }

    /** Whoever waits to be notified, with a bound or without, needs the monitor to go on; for a lock it may give up. */
    private static boolean endsByItself(ThreadInfo blocked) {
        StackTraceElement[] stack = blocked.getStackTrace();
        return blocked.getThreadState() == Thread.State.TIMED_WAITING
                && !stack[0].getClassName().equals("java.lang.Object")
                && Arrays.stream(stack).noneMatch(frame -> is(frame, EQUINOX_BUNDLE, "lockStateChange"));
    }

    private static Optional<String> lockOfFelix(Thread caller, Thread waiting, StackTraceElement[] stack) {
        StackTraceElement[] blocked = caller.getStackTrace();
        boolean wantsGlobal = isIn(blocked, Set.of("acquireGlobalLock"));
        boolean wantsBundle = isIn(blocked, Set.of("acquireBundleLock"));
        if ((wantsGlobal || wantsBundle) && isIn(stack, Set.of("refreshPackages"))) {
            return Optional.of("the framework's global lock, which a refresh holds until all its bundles have stopped;"
                    + " the first dynamic import of a class, a resolve or an install needs it, and so does every change of"
                    + " a bundle's state. Stop the bundles first, then refresh");
        }
        if (wantsBundle && onlyBundleLocked(caller, waiting)) {
            return Optional.of("the lock of a bundle that is being stopped: a call in progress must not start, stop or"
                    + " update the bundle that waits for it");
        }
        return Optional.empty();
    }

    /** All of one moment. */
    private static boolean onlyBundleLocked(Thread caller, Thread waiting) {
        Map<Thread, StackTraceElement[]> moment = new HashMap<>(Thread.getAllStackTraces());
        StackTraceElement[] blocked = moment.remove(caller);
        StackTraceElement[] stack = moment.remove(waiting);
        return blocked != null
                && stack != null
                && isIn(blocked, Set.of("acquireBundleLock"))
                && isIdle(stack)
                && isIn(stack, Set.of("stopBundle", "updateBundle", "uninstallBundle"))
                && moment.values().stream().noneMatch(Obstacle::mayHoldALockOfFelix);
    }

    /** Changes of state, lazy activation, resolution, installation: many ways lead to the locks. */
    static boolean mayHoldALockOfFelix(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame ->
                (frame.getClassName().startsWith(FELIX) && !frame.getMethodName().equals(FELIX_WAITS))
                        || frame.getClassName().equals(FELIX_RESOLVER));
    }

    private static boolean isIn(StackTraceElement[] stack, Set<String> methods) {
        return Arrays.stream(stack).anyMatch(frame ->
                frame.getClassName().startsWith(FELIX) && methods.contains(frame.getMethodName()));
    }
}
