package io.nmr.typed;

import java.util.ArrayList;
import java.util.List;

/**
 * The bindings of a provider that are attached, in no order: to add one and to remove one takes the same time however many
 * there are, and a reference each.
 *
 * <p><b>Threading.</b> Guarded by this; no foreign code runs under it.
 *
 * @param <C> the client's dispatch table
 */
final class Clients<C> {

    private final List<ProviderSide<C>> sides = new ArrayList<>();

    synchronized void add(ProviderSide<C> side) {
        side.place = sides.size();
        sides.add(side);
    }

    /** The last takes its place. */
    synchronized void remove(ProviderSide<C> side) {
        if (side.place >= 0) {
            ProviderSide<C> last = sides.remove(sides.size() - 1);
            if (last != side) {
                sides.set(side.place, last);
                last.place = side.place;
            }
            side.place = -1;
        }
    }

    /** As they are now: those who are called may attach and detach others. */
    synchronized List<ProviderSide<C>> now() {
        return List.copyOf(sides);
    }
}
