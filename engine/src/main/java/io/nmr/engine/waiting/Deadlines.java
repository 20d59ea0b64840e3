package io.nmr.engine.waiting;

import io.nmr.api.Registration;
import io.nmr.engine.state.NetworkModule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Until when each of some modules is waited for. Guarded by the lock of its {@link WaitingThread}; the cost of a look does not
 * grow with the modules, unless a deadline has passed.
 */
final class Deadlines {

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final Map<NetworkModule, Long> deadlines = new LinkedHashMap<>();
    private final LongSupplier nanoTime;

    /** One moment for all, so that equal timeouts pass together. */
    private final long begin;

    /** No deadline is earlier than this; while there is one. */
    private long earliest;

    Deadlines(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    void set(NetworkModule module, Duration timeout) {
        set(module, begin + nanos(timeout));
    }

    /** Changes nothing if it has no deadline any more. */
    void postpone(NetworkModule module, Duration fromNow) {
        if (deadlines.containsKey(module)) {
            set(module, nanoTime.getAsLong() + nanos(fromNow));
        }
    }

    private void set(NetworkModule module, long deadline) {
        if (deadlines.isEmpty() || deadline - earliest < 0) {
            earliest = deadline;
        }
        deadlines.put(module, deadline);
    }

    private static long nanos(Duration timeout) {
        if (timeout.isNegative()) {
            return 0;
        }
        return timeout.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : timeout.toNanos();
    }

    /** False if it has none. */
    boolean remove(Registration module) {
        return deadlines.remove(module) != null;
    }

    boolean isEmpty() {
        return deadlines.isEmpty();
    }

    List<NetworkModule> modules() {
        return List.copyOf(deadlines.keySet());
    }

    /** Nanoseconds, after which {@link #passed} has something to look at. */
    long untilNext() {
        return earliest - nanoTime.getAsLong();
    }

    /** Those whose deadlines have passed; they stay here until they are removed or set anew. */
    List<NetworkModule> passed() {
        long now = nanoTime.getAsLong();
        List<NetworkModule> passed = new ArrayList<>();
        long next = now + LONGEST.toNanos();
        for (Map.Entry<NetworkModule, Long> each : deadlines.entrySet()) {
            if (each.getValue() - now <= 0) {
                passed.add(each.getKey());
            } else if (each.getValue() - next < 0) {
                next = each.getValue();
            }
        }
        earliest = next;
        return passed;
    }
}
