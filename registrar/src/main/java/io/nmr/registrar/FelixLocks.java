package io.nmr.registrar;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Recognises by their stacks which threads wait for, or may hold, the locks of the Felix framework. These have no owner that
 * the platform knows of. This class alone knows Felix's private methods.
 *
 * <p>Which bundle is locked cannot be seen. So it must be the draining thread's, if no other thread is at a place where it
 * might hold a lock of the framework.
 */
final class FelixLocks {

    private static final String FELIX = "org.apache.felix.framework.Felix";
    private static final String RESOLVER = "org.apache.felix.framework.StatefulResolver";

    /** A launcher's thread waits there and holds nothing meanwhile. */
    private static final String LAUNCHER_WAITS = "waitForStop";

    private FelixLocks() {}

    /** The lock of the framework that {@code caller} waits for and {@code waiting} holds, in words. */
    static Optional<String> heldBy(Thread waiting, Thread caller) {
        StackTraceElement[] blocked = caller.getStackTrace();
        boolean wantsGlobal = isIn(blocked, Set.of("acquireGlobalLock"));
        boolean wantsBundle = isIn(blocked, Set.of("acquireBundleLock"));
        if ((wantsGlobal || wantsBundle) && isIn(waiting.getStackTrace(), Set.of("refreshPackages"))) {
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

    /** All stacks of one moment. */
    private static boolean onlyBundleLocked(Thread caller, Thread waiting) {
        Map<Thread, StackTraceElement[]> moment = new HashMap<>(Thread.getAllStackTraces());
        StackTraceElement[] blocked = moment.remove(caller);
        StackTraceElement[] stack = moment.remove(waiting);
        return blocked != null
                && stack != null
                && isIn(blocked, Set.of("acquireBundleLock"))
                && isIn(stack, Set.of("stopBundle", "updateBundle", "uninstallBundle"))
                && moment.values().stream().noneMatch(FelixLocks::mayHoldOne);
    }

    /** Changes of state, lazy activation, resolution, installation: many ways lead to the locks. */
    static boolean mayHoldOne(StackTraceElement[] stack) {
        return Arrays.stream(stack).anyMatch(frame ->
                (frame.getClassName().startsWith(FELIX) && !frame.getMethodName().equals(LAUNCHER_WAITS))
                        || frame.getClassName().equals(RESOLVER));
    }

    private static boolean isIn(StackTraceElement[] stack, Set<String> methods) {
        return Arrays.stream(stack).anyMatch(frame ->
                frame.getClassName().startsWith(FELIX) && methods.contains(frame.getMethodName()));
    }
}
