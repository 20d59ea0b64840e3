package io.nmr.registrar;

import io.nmr.api.Registration;
import io.nmr.engine.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A drain: which modules go with what, and on which thread.
 *
 * <p><b>Threading.</b> Immutable; any thread looks.
 */
final class DrainUnderWay {

    private final long number;
    private final Object what;
    private final Map<Registration, Duration> timeouts;
    private final Load load;
    private final Thread thread = Thread.currentThread();
    private final LongSupplier nanoTime;
    private final long begin;

    DrainUnderWay(
            long number, Object what, Map<Registration, Duration> timeouts, Load load, LongSupplier nanoTime) {
        this.number = number;
        this.what = what;
        this.timeouts = timeouts;
        this.load = load;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Counts up: of two on one thread, the inner has the greater one. */
    long number() {
        return number;
    }

    Object what() {
        return what;
    }

    List<Registration> leaving() {
        return List.copyOf(timeouts.keySet());
    }

    Map<Registration, Duration> timeouts() {
        return timeouts;
    }

    Duration timeout(Registration module) {
        return timeouts.get(module);
    }

    Duration longestTimeout() {
        return timeouts.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }

    Load load() {
        return load;
    }

    /** The one that waits. */
    Thread thread() {
        return thread;
    }

    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }

    /** When it began, in nanoseconds of the clock. */
    long begin() {
        return begin;
    }
}
