package io.nmr.typed;

import java.util.ArrayList;
import java.util.List;

/**
 * Bindings in no order. To add or remove one takes constant time on average: one that is cleaned up stays until that is
 * half of the list. An index in each binding would cost 8 bytes (G7).
 *
 * <p><b>Threading.</b> Guarded by its monitor; no foreign code runs under it.
 *
 * @param <T> the other side's dispatch table
 */
final class BindingList<T> {

    private final List<BindingContext<T>> bindings = new ArrayList<>();
    private int cleanedUp;

    synchronized void add(BindingContext<T> binding) {
        bindings.add(binding);
    }

    /** One of them is cleaned up. */
    synchronized void oneCleanedUp() {
        cleanedUp++;
        if (2 * cleanedUp >= bindings.size()) {
            bindings.removeIf(BindingContext::isCleanedUp);
            cleanedUp = 0;
        }
    }

    /** A copy; it may contain bindings that are cleaned up. */
    synchronized List<BindingContext<T>> snapshot() {
        return List.copyOf(bindings);
    }
}
