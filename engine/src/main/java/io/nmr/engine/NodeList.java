package io.nmr.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The bindings of one module, through its sides, or the modules of one NPI: in the order of their positions, linked
 * through themselves, so adding and removing cost the same however many there are.
 *
 * <p><b>Threading.</b> Guarded by the lock of the NPI, but for {@link #forEachSeen} and {@link #sizeSeen}, which read
 * without it.
 */
final class NodeList<N extends Node> {

    private static final VarHandle FIRST;
    private static final VarHandle LAST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            FIRST = lookup.findVarHandle(NodeList.class, "first", Node.class);
            LAST = lookup.findVarHandle(NodeList.class, "last", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Node first;
    private Node last;
    private int size;

    void add(N node) {
        node.previous = last;
        if (last == null) {
            FIRST.setRelease(this, node);
        } else {
            last.setNextRelease(node);
        }
        LAST.setRelease(this, node);
        size++;
    }

    /** Those before it are linked past it first: whoever stands on it finds the way back closed, and begins anew. */
    void remove(N node) {
        if (node.previous == null && first != node) {
            return; // a registration that failed before it was in
        }
        Node previous = node.previous;
        Node next = node.next();
        if (previous == null) {
            FIRST.setRelease(this, next);
        } else {
            previous.setNextRelease(next);
        }
        if (next == null) {
            LAST.setRelease(this, previous);
        } else {
            next.previous = previous;
        }
        node.previous = null;
        node.setNextRelease(node);
        size--;
    }

    boolean isEmpty() {
        return first == null;
    }

    /** Null if there is none. */
    N first() {
        return own(first);
    }

    /** The one after a node of this list; null if there is none. */
    N after(N node) {
        return own(node.next());
    }

    /** How many there are; for whoever has the lock. */
    int size() {
        return size;
    }

    boolean anyMatch(Predicate<? super N> wanted) {
        Node node = first;
        while (node != null && !wanted.test(own(node))) {
            node = node.next();
        }
        return node != null;
    }

    /** As it is now: what is done with one node may remove it. */
    List<N> snapshot() {
        List<N> nodes = new ArrayList<>(size);
        for (Node node = first; node != null; node = node.next()) {
            nodes.add(own(node));
        }
        return nodes;
    }

    /** As {@link #size}, for whoever has not: a plain read, so it may be stale. */
    int sizeSeen() {
        return size;
    }

    /**
     * Shows each node that is there throughout, once, in their order, and perhaps some that come or go meanwhile.
     * Lock-free: nobody waits for the reader, nor it for anybody.
     *
     * <p>A reader on a node that leaves finds it linked to itself and begins anew, past what it has shown. It ends at the
     * node that was last when it began, for positions ascend; and each new beginning is due to another of the nodes up to
     * there that has left. So it ends, whatever others do.
     */
    void forEachSeen(Consumer<? super N> reader) {
        Node end = (Node) LAST.getAcquire(this);
        long upTo = end == null ? Long.MIN_VALUE : end.position();
        long shown = Long.MIN_VALUE;
        Node node = firstAcquire();
        while (node != null && node.position() <= upTo) {
            if (node.position() > shown) {
                shown = node.position();
                reader.accept(own(node));
            }
            Node next = node.nextAcquire();
            node = next == node ? firstAcquire() : next;
        }
    }

    private Node firstAcquire() {
        return (Node) FIRST.getAcquire(this);
    }

    @SuppressWarnings("unchecked")
    private N own(Node node) {
        return (N) node;
    }
}
