package io.nmr.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The waits under way inside callbacks and tracked calls: they hold up what they are inside of, and so may close a circle
 * (C6). A wait outside of all of them holds up nobody and is not listed.
 *
 * <p><b>Locks.</b> Its monitor is taken with no lock of an NPI held. Under it the lock of one NPI at a time is taken, to
 * see which gates its bindings announced; whoever holds the lock of an NPI never comes here.
 */
final class Waits {

    private record Wait(Waiter waiter, List<HoldsUp> inside, NetworkModule waitedFor) {}

    private final List<Wait> waits = new ArrayList<>();

    /** Lists that {@code waiter} waits for {@code module}; false, and it does not, if that closes a circle. */
    synchronized boolean tryBegin(Waiter waiter, List<HoldsUp> inside, NetworkModule module) {
        boolean legal = !leadsTo(inside, module, new HashSet<>());
        if (legal) {
            waits.add(new Wait(waiter, inside, module));
        }
        return legal;
    }

    synchronized void end(Waiter waiter) {
        waits.removeIf(wait -> wait.waiter == waiter);
    }

    /** One of the modules that {@code waiter} waits for is not waited for any longer. */
    synchronized void end(Waiter waiter, NetworkModule module) {
        waits.removeIf(wait -> wait.waiter == waiter && wait.waitedFor == module);
    }

    /** For tests of what is kept (R7). */
    synchronized int size() {
        return waits.size();
    }

    /** Whether the end of {@code module} waits for a return from one of {@code ends}. */
    private boolean leadsTo(List<HoldsUp> ends, NetworkModule module, Set<NetworkModule> seen) {
        return seen.add(module)
                && (anyHoldsUp(ends, module)
                        || waits.stream()
                                .filter(wait -> anyHoldsUp(wait.inside, module))
                                .anyMatch(wait -> leadsTo(ends, wait.waitedFor, seen)));
    }

    private static boolean anyHoldsUp(List<HoldsUp> inside, NetworkModule module) {
        return inside.stream().anyMatch(each -> each.holdsUp(module));
    }
}
