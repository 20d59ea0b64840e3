package io.nmr.registrar;

import io.nmr.api.NpiId;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the registrar is told from outside, all of it legal.
 *
 * @param detachTimeout how long a stop waits for the bindings of a module
 * @param detachTimeouts the same for modules of some NPIs, where it differs
 * @param overdue what follows when that has passed
 * @param grace how long a stop waits for those that it has interrupted
 * @param callbackThreads how many threads call modules of bundles that do not stop
 */
record Settings(
        Duration detachTimeout,
        Map<NpiId, Duration> detachTimeouts,
        OverduePolicy overdue,
        Duration grace,
        int callbackThreads) {

    static final Settings DEFAULTS = new Settings(
            Setting.DETACH_TIMEOUT.initial(),
            Setting.DETACH_TIMEOUTS.initial(),
            Setting.OVERDUE.initial(),
            Setting.GRACE.initial(),
            Setting.CALLBACK_THREADS.initial());

    /** What {@code source} says; {@code unset} serves where it is silent, {@code kept} where it is wrong. */
    static Settings read(Function<String, ?> source, Settings unset, Settings kept, Log log) {
        return new Settings(
                Setting.DETACH_TIMEOUT.read(source, unset.detachTimeout, kept.detachTimeout, log),
                Setting.DETACH_TIMEOUTS.read(source, unset.detachTimeouts, kept.detachTimeouts, log),
                Setting.OVERDUE.read(source, unset.overdue, kept.overdue, log),
                Setting.GRACE.read(source, unset.grace, kept.grace, log),
                Setting.CALLBACK_THREADS.read(source, unset.callbackThreads, kept.callbackThreads, log));
    }

    Duration detachTimeout(NpiId npi) {
        return detachTimeouts.getOrDefault(npi, detachTimeout);
    }

    Duration longestDetachTimeout() {
        return Stream.concat(Stream.of(detachTimeout), detachTimeouts.values().stream())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    @Override
    public String toString() {
        return "detach timeout " + Setting.shown(detachTimeout) + " ms, for some NPIs "
                + Setting.shown(detachTimeouts) + ", then " + overdue + ", grace " + Setting.shown(grace)
                + " ms; callback threads " + callbackThreads;
    }
}
