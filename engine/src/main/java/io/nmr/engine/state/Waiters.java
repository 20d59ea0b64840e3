package io.nmr.engine.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The threads that wait for one module; most modules have none. Guarded by the lock of the NPI. */
final class Waiters {

    private List<Waiter> waiters = List.of();

    void add(Waiter waiter) {
        List<Waiter> more = new ArrayList<>(waiters);
        more.add(waiter);
        waiters = more;
    }

    void remove(Waiter waiter) {
        if (!waiters.isEmpty()) {
            waiters.remove(waiter);
        }
    }

    /** The one that gets the module's effects, or null. */
    Waiter first() {
        return waiters.isEmpty() ? null : waiters.get(0);
    }

    /** Tells all of them that the module is not to be waited for any longer, and forgets them. */
    void end(Consumer<Waiter> telling) {
        waiters.forEach(telling);
        waiters = List.of();
    }
}
