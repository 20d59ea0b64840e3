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

    /** Element 0 is the innermost {@link Frame}, or null. */
    private static final ThreadLocal<Object[]> CHAIN = ThreadLocal.withInitial(() -> new Object[1]);

    private CallbackChain() {}

    /** A callback of this thread; its memory is taken before it begins. */
    static class Frame {

        private final HoldsUp inside;
        private final Object[] chain = CHAIN.get();
        private Frame outer;

        /**
         * A frame to enter on this thread.
         *
         * @param inside null where an action of a stage is called: it holds up nothing
         */
        Frame(HoldsUp inside) {
            this.inside = inside;
        }

        final void enter() {
            outer = (Frame) chain[0];
            chain[0] = this;
        }

        final void leave() {
            chain[0] = outer;
        }
    }

    static boolean isEmpty() {
        return CHAIN.get()[0] == null;
    }

    /** Everything that cannot end before this thread returns, innermost first; callbacks before tracked calls. */
    static List<HoldsUp> heldUp() {
        List<HoldsUp> inside = new ArrayList<>();
        for (Frame frame = innermost(); frame != null; frame = frame.outer) {
            if (frame.inside != null) {
                inside.add(frame.inside);
            }
        }
        CallChain.snapshot().forEach(gate -> inside.add(new HoldsUp.TrackedCall(gate)));
        return inside;
    }

    private static Frame innermost() {
        return (Frame) CHAIN.get()[0];
    }
}
