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
    private static final int OF = 2;

    /** Element 0 is the innermost frame: what it is inside of, the frame around it, and this; or null. */
    private static final ThreadLocal<Object[]> CHAIN = ThreadLocal.withInitial(() -> new Object[1]);

    private CallbackChain() {}

    /**
     * A frame to {@link #enter} on this thread: the memory for it is taken before what it is entered for begins.
     *
     * @param inside null where an action of a stage is called: it holds up nothing
     */
    static Object[] frame(HoldsUp inside) {
        return new Object[] {inside, null, CHAIN.get()};
    }

    static void enter(Object[] frame) {
        Object[] chain = (Object[]) frame[OF];
        frame[OUTER] = chain[0];
        chain[0] = frame;
    }

    static void leave(Object[] frame) {
        ((Object[]) frame[OF])[0] = frame[OUTER];
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
