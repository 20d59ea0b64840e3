package io.nmr.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A list whose elements know their index. Adding and removing cost the same however many there are; removing one moves the
 * last into its place. It takes less memory than a set of the JDK's.
 *
 * <p><b>Threading.</b> Guarded by the lock of the NPI.
 */
final class IndexedList<E extends IndexedList.Element> {

    /** An element of one list at a time. */
    abstract static class Element {

        private int index;
    }

    private final List<E> elements = new ArrayList<>(1);

    void add(E element) {
        indexOf(element, elements.size());
        elements.add(element);
    }

    void remove(E element) {
        E last = elements.remove(elements.size() - 1);
        if (last != element) {
            int index = ((Element) element).index;
            elements.set(index, last);
            indexOf(last, index);
        }
    }

    private static void indexOf(Element element, int index) {
        element.index = index;
    }

    boolean isEmpty() {
        return elements.isEmpty();
    }

    int size() {
        return elements.size();
    }

    boolean anyMatch(Predicate<? super E> wanted) {
        return elements.stream().anyMatch(wanted);
    }

    /** As it is now: a step that is taken for one element may remove it. */
    List<E> snapshot() {
        return List.copyOf(elements);
    }
}
