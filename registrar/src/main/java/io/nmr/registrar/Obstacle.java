package io.nmr.registrar;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What keeps a thread inside a call from going on, where that is held by the thread that waits for the call: a monitor
 * or a lock, and on Felix the framework's own locks, which have no owner that the platform knows of.
 *
 * <p>An answer is certain for platform threads. On Felix one case needs more than the two stacks: whose bundle is locked
 * cannot be seen, so it must be the draining thread's, because no other thread changes the state of any bundle.
 */
final class Obstacle {

    private static final int LONGEST_CHAIN = 16;
    private static final String WAITER = "io.nmr.engine.Waiter";
    private static final String ENGINE = "io.nmr.engine.RegistrarEngine";
    private static final String FELIX = "org.apache.felix.framework.Felix";
    private static final Set<String> CHANGES_OF_STATE = Set.of(
            "startBundle", "stopBundle", "updateBundle", "uninstallBundle", "installBundle", "refreshPackages",
            "setActiveStartLevel", "setBundleStartLevel", "init", "start", "stop");

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

    /**
     * Whether the thread does nothing but wait in its innermost drain: what it holds it holds until that ends. A callback
     * that it performs meanwhile, and a wait inside of that, may end and let go of what they hold.
     */
    static boolean isIdle(StackTraceElement[] stack) {
        List<StackTraceElement> ours = Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith("io.nmr."))
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
        ThreadInfo blocked = THREADS.getThreadInfo(caller.getId());
        String lock = blocked == null ? null : blocked.getLockName();
        for (int i = 0; blocked != null && i < LONGEST_CHAIN; i++) {
            if (blocked.getLockOwnerId() == owner.getId()) {
                return Optional.of(lock + ", which is held by the thread that waits, or by one that waits for that");
            }
            blocked = blocked.getLockOwnerId() < 0 ? null : THREADS.getThreadInfo(blocked.getLockOwnerId());
        }
        return Optional.empty();
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
        if (wantsBundle && isIn(stack, Set.of("stopBundle", "updateBundle", "uninstallBundle"))
                && noOtherChangesBundles(caller, waiting)) {
            return Optional.of("the lock of a bundle that is being stopped: a call in progress must not start, stop or"
                    + " update the bundle that waits for it");
        }
        return Optional.empty();
    }

    private static boolean noOtherChangesBundles(Thread caller, Thread waiting) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey() != caller && each.getKey() != waiting)
                .map(Map.Entry::getValue)
                .noneMatch(stack -> isIn(stack, CHANGES_OF_STATE));
    }

    private static boolean isIn(StackTraceElement[] stack, Set<String> methods) {
        return Arrays.stream(stack).anyMatch(frame ->
                frame.getClassName().startsWith(FELIX) && methods.contains(frame.getMethodName()));
    }
}
