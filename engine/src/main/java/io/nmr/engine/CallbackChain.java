package io.nmr.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Which callbacks this thread is inside of, innermost first (C6). An action of a stage is inside of no binding, but may
 * well be called from within one: its frame has none.
 *
 * <p><b>Threading.</b> Each thread sees its own. The frames are plain arrays and the variable is removed with the last,
 * so that a pooled thread keeps nothing.
 */
final class CallbackChain {

    private static final int BINDING = 0;
    private static final int OUTER = 1;
    private static final ThreadLocal<Object[]> INNERMOST = new ThreadLocal<>();

    private CallbackChain() {}

    /** {@code binding} is null where an action of a stage is called. */
    static void enter(Binding binding) {
        INNERMOST.set(new Object[] {binding, INNERMOST.get()});
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

    /** The bindings whose callbacks this thread is inside of, innermost first. */
    static List<Binding> bindings() {
        List<Binding> bindings = new ArrayList<>();
        for (Object[] frame = INNERMOST.get(); frame != null; frame = (Object[]) frame[OUTER]) {
            if (frame[BINDING] != null) {
                bindings.add((Binding) frame[BINDING]);
            }
        }
        return bindings;
    }
}
