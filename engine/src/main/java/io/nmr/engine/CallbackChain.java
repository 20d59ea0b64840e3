package io.nmr.engine;

import io.nmr.api.CallChain;
import java.util.ArrayList;
import java.util.List;

/**
 * Which callbacks this thread is inside of, innermost first (C6); with the tracked calls of {@link CallChain} that is all
 * that a wait of this thread may hold up.
 *
 * <p><b>Threading.</b> Each thread sees its own. What a thread keeps is one plain array of one element, null outside of
 * all callbacks: so a pooled thread keeps nothing of anybody's.
 */
final class CallbackChain {

    private static final int INSIDE = 0;
    private static final int OUTER = 1;

    /** Element 0 is the innermost frame, what it is inside of and the frame around it; or null. */
    private static final ThreadLocal<Object[]> CHAIN = ThreadLocal.withInitial(() -> new Object[1]);

    private CallbackChain() {}

    /**
     * {@code inside} is null where an action of a stage is called: it holds up nothing.
     *
     * @return what to give to {@link #leave}, on the same thread
     */
    static Object[] enter(HoldsUp inside) {
        Object[] chain = CHAIN.get();
        chain[0] = new Object[] {inside, chain[0]};
        return chain;
    }

    static void leave(Object[] chain) {
        chain[0] = ((Object[]) chain[0])[OUTER];
    }

    static boolean isEmpty() {
        return CHAIN.get()[0] == null;
    }

    /** Everything that cannot end before this thread returns, innermost first; callbacks before tracked calls. */
    static List<HoldsUp> heldUp() {
        List<HoldsUp> inside = new ArrayList<>();
        for (Object[] frame = innermost(); frame != null; frame = (Object[]) frame[OUTER]) {
            if (frame[INSIDE] != null) {
                inside.add((HoldsUp) frame[INSIDE]);
            }
        }
        CallChain.snapshot().forEach(gate -> inside.add(new HoldsUp.TrackedCall(gate)));
        return inside;
    }

    private static Object[] innermost() {
        return (Object[]) CHAIN.get()[0];
    }
}
