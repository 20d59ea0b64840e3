package io.nmr.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The bindings of one module, as a list through its sides: adding and removing cost the same however many there are. */
final class SideList {

    private Side first;
    private Side last;
    private int size;

    void add(Side side) {
        side.previous = last;
        if (last == null) {
            first = side;
        } else {
            last.next = side;
        }
        last = side;
        size++;
    }

    void remove(Side side) {
        if (side.previous == null) {
            first = side.next;
        } else {
            side.previous.next = side.next;
        }
        if (side.next == null) {
            last = side.previous;
        } else {
            side.next.previous = side.previous;
        }
        side.previous = null;
        side.next = null;
        size--;
    }

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    boolean anyMatch(Predicate<Side> wanted) {
        Side side = first;
        while (side != null && !wanted.test(side)) {
            side = side.next;
        }
        return side != null;
    }

    /** As it is now: what is done with one side may remove it. */
    List<Side> snapshot() {
        List<Side> sides = new ArrayList<>(size);
        for (Side side = first; side != null; side = side.next) {
            sides.add(side);
        }
        return sides;
    }
}
