package io.nmr.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What stands in a {@link NodeList}, once and in one.
 *
 * <p><b>Threading.</b> Links are written under the lock of the NPI, {@code next} with release: so whoever reads it with
 * acquire, without the lock, sees a node as it was made.
 */
abstract sealed class Node permits Side, NetworkModule {

    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Node.class, "next", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    Node previous;

    /** Itself once it has left its list: so it keeps none of those that came after it. */
    private Node next;

    /** Its place in the order of its list; of two nodes the later has the greater. Never changes once it is in. */
    abstract long position();

    final Node next() {
        return next;
    }

    final Node nextAcquire() {
        return (Node) NEXT.getAcquire(this);
    }

    final void setNextRelease(Node node) {
        NEXT.setRelease(this, node);
    }
}
