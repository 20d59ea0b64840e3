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
            SettingDefinition.DETACH_TIMEOUT.initial(),
            SettingDefinition.DETACH_TIMEOUTS.initial(),
            SettingDefinition.OVERDUE.initial(),
            SettingDefinition.GRACE.initial(),
            SettingDefinition.CALLBACK_THREADS.initial());

    /** What {@code source} says; {@code unset} serves where it is silent, {@code kept} where it is wrong. */
    static Settings read(Function<String, ?> source, Settings unset, Settings kept, Log log) {
        return new Settings(
                SettingDefinition.DETACH_TIMEOUT.read(source, unset.detachTimeout, kept.detachTimeout, log),
                SettingDefinition.DETACH_TIMEOUTS.read(source, unset.detachTimeouts, kept.detachTimeouts, log),
                SettingDefinition.OVERDUE.read(source, unset.overdue, kept.overdue, log),
                SettingDefinition.GRACE.read(source, unset.grace, kept.grace, log),
                SettingDefinition.CALLBACK_THREADS.read(source, unset.callbackThreads, kept.callbackThreads, log));
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
        return "detach timeout " + SettingDefinition.shown(detachTimeout) + " ms, for some NPIs "
                + SettingDefinition.shown(detachTimeouts) + ", then " + overdue + ", grace " + SettingDefinition.shown(grace)
                + " ms; callback threads " + callbackThreads;
    }
}
