package io.nmr.engine.effects;

import io.nmr.engine.state.HoldsUp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * The callbacks that this thread is inside of, innermost first (C6). With the tracked calls of
 * {@link io.nmr.api.CallChain} they are all that a wait of this thread may hold up.
 *
 * <p><b>Threading.</b> Each thread sees its own. A pooled thread keeps an empty queue of the JDK's between callbacks.
 */
public final class CallbackChain {

    private static final ThreadLocal<Deque<HoldsUp>> CHAIN = ThreadLocal.withInitial(ArrayDeque::new);

    private CallbackChain() {}

    /** Runs foreign code inside an entry of the chain. */
    static <T> T call(HoldsUp inside, Supplier<T> code) {
        Deque<HoldsUp> chain = CHAIN.get();
        chain.push(inside);
        try {
            return code.get();
        } finally {
            chain.pop();
        }
    }

    /** Runs foreign code inside an entry of the chain. */
    static void run(HoldsUp inside, Runnable code) {
        call(inside, () -> {
            code.run();
            return null;
        });
    }

    /** Whether this thread is outside of all callbacks. */
    public static boolean isEmpty() {
        return CHAIN.get().isEmpty();
    }

    /** Everything that cannot end before this thread returns from a callback, innermost first. */
    public static List<HoldsUp> heldUp() {
        return List.copyOf(CHAIN.get());
    }
}
