package io.nmr.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The sides that one module has in its bindings. Adding and removing cost the same however many there are; removing one
 * moves the last into its place. A side knows its index, which takes less memory than a set of the JDK's.
 *
 * <p><b>Threading.</b> Guarded by the lock of the NPI.
 */
final class SideList {

    private final List<Side> sides = new ArrayList<>(1);

    void add(Side side) {
        side.index = sides.size();
        sides.add(side);
    }

    void remove(Side side) {
        Side last = sides.remove(sides.size() - 1);
        if (last != side) {
            sides.set(side.index, last);
            last.index = side.index;
        }
    }

    boolean isEmpty() {
        return sides.isEmpty();
    }

    int size() {
        return sides.size();
    }

    boolean anyMatch(Predicate<? super Side> wanted) {
        return sides.stream().anyMatch(wanted);
    }

    /** As it is now: a step that is taken for one side may remove it. */
    List<Side> snapshot() {
        return List.copyOf(sides);
    }
}
