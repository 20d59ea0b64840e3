package io.nmr.registrar;

import io.nmr.api.Registration;
import io.nmr.engine.view.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One drain: which modules go, with what, and on which thread.
 *
 * <p><b>Threading.</b> Immutable; any thread looks at it.
 */
final class Drain {

    /** The reason of a drain. */
    enum Occasion {
        /** A service is unregistered by itself; the stop of its bundle may follow. */
        SERVICE_GOES,
        BUNDLE_STOPS,
        /** The framework or the registrar stops. */
        EVERYTHING_STOPS
    }

    private final long number;
    private final Occasion occasion;
    private final Object what;
    private final Map<Registration, Duration> timeouts;
    private final Load load;
    private final LongSupplier nanoTime;
    private final long begin;
    private final Thread thread = Thread.currentThread();

    Drain(
            long number,
            Occasion occasion,
            Object what,
            Map<Registration, Duration> timeouts,
            Load load,
            LongSupplier nanoTime) {
        this.number = number;
        this.occasion = occasion;
        this.what = what;
        this.timeouts = timeouts;
        this.load = load;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Counts up: of two drains on one thread the inner one has the greater number. */
    long number() {
        return number;
    }

    Occasion occasion() {
        return occasion;
    }

    /** The name of what goes: a bundle, services, the framework, the registrar. */
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

    /** What it had to end when it began. */
    Load load() {
        return load;
    }

    /** The thread that waits. */
    Thread thread() {
        return thread;
    }

    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - begin);
    }
}
