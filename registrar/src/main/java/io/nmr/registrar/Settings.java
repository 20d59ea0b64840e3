package io.nmr.registrar;

import io.nmr.api.NpiId;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The legal values of all settings.
 *
 * @param detachTimeout how long a stop waits for the bindings of a module
 * @param detachTimeouts the timeouts of NPIs for which it differs
 * @param overdue how a stop goes on when the timeout has passed
 * @param grace how long a stop waits for the threads that it has interrupted
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

    /** The values of {@code source}; those of {@code unset} if it has none, of {@code kept} if one is not legal. */
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
