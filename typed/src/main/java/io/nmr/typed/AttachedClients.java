package io.nmr.typed;

import java.util.ArrayList;
import java.util.List;

/**
 * The attached clients of a provider, in no order. To add or remove one takes constant time on average: a binding that
 * leaves stays in the list, marked, until half of the list has left. A place for each in the list would cost 8 bytes (G7).
 *
 * <p><b>Threading.</b> Guarded by its monitor; no foreign code runs under it.
 *
 * @param <C> the client's dispatch table
 */
final class AttachedClients<C> {

    private final List<BindingContext<C>> bindings = new ArrayList<>();
    private int left;

    synchronized void add(BindingContext<C> binding) {
        bindings.add(binding);
    }

    /** One of them is {@link BindingContext#isLeaving}. */
    synchronized void oneLeft() {
        left++;
        if (2 * left >= bindings.size()) {
            bindings.removeIf(BindingContext::isLeaving);
            left = 0;
        }
    }

    /** A copy: a called client may attach and detach others. */
    synchronized List<BindingContext<C>> snapshot() {
        return bindings.stream().filter(binding -> !binding.isLeaving()).toList();
    }
}
