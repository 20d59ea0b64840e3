package io.nmr.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The waits under way inside callbacks: they hold up the bindings whose callbacks they are inside of, and so may close a
 * circle (C6). A wait outside every callback holds up nobody and is not listed.
 *
 * <p><b>Locks.</b> Its monitor is taken with no lock of an NPI held, and takes none: of bindings only what is final is
 * read.
 */
final class Waits {

    private record Wait(Waiter waiter, List<Binding> inside, NetworkModule waitedFor) {}

    private final List<Wait> waits = new ArrayList<>();

    /** Lists that {@code waiter} waits for {@code module}; false, and it does not, if that closes a circle. */
    synchronized boolean tryBegin(Waiter waiter, List<Binding> inside, NetworkModule module) {
        boolean legal = !leadsTo(inside, module, new HashSet<>());
        if (legal) {
            waits.add(new Wait(waiter, inside, module));
        }
        return legal;
    }

    synchronized void end(Waiter waiter) {
        waits.removeIf(wait -> wait.waiter == waiter);
    }

    /** Whether the end of {@code module} waits for the callbacks of {@code ends} to return. */
    private boolean leadsTo(List<Binding> ends, NetworkModule module, Set<NetworkModule> seen) {
        return seen.add(module)
                && (isIn(ends, module)
                        || waits.stream()
                                .filter(wait -> isIn(wait.inside, module))
                                .anyMatch(wait -> leadsTo(ends, wait.waitedFor, seen)));
    }

    private static boolean isIn(List<Binding> bindings, NetworkModule module) {
        return bindings.stream().anyMatch(binding -> binding.isBetween(module));
    }
}
