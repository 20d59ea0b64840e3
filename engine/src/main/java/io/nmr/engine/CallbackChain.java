package io.nmr.engine;

import io.nmr.api.CallChain;
import java.util.ArrayList;
import java.util.List;

/**
 * Which callbacks this thread is inside of, innermost first (C6); with the tracked calls of {@link CallChain} that is all
 * that a wait of this thread may hold up.
 *
 * <p><b>Threading.</b> Each thread sees its own. The frames are plain arrays and the variable is removed with the last,
 * so that a pooled thread keeps nothing.
 */
final class CallbackChain {

    private static final int INSIDE = 0;
    private static final int OUTER = 1;
    private static final ThreadLocal<Object[]> INNERMOST = new ThreadLocal<>();

    private CallbackChain() {}

    /** {@code inside} is null where an action of a stage is called: it holds up nothing. */
    static void enter(HoldsUp inside) {
        INNERMOST.set(new Object[] {inside, INNERMOST.get()});
    }

    static void leave() {
        Object[] outer = (Object[]) INNERMOST.get()[OUTER];
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }

    static boolean isEmpty() {
        return INNERMOST.get() == null;
    }

    /** Everything that cannot end before this thread returns, innermost first; callbacks before tracked calls. */
    static List<HoldsUp> heldUp() {
        List<HoldsUp> inside = new ArrayList<>();
        for (Object[] frame = INNERMOST.get(); frame != null; frame = (Object[]) frame[OUTER]) {
            if (frame[INSIDE] != null) {
                inside.add((HoldsUp) frame[INSIDE]);
            }
        }
        CallChain.snapshot().forEach(gate -> inside.add(new HoldsUp.TrackedCall(gate)));
        return inside;
    }
}
