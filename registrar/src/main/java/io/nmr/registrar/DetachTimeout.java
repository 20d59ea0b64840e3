package io.nmr.registrar;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** How long a stop waits for pending detaches (O3). */
final class DetachTimeout {

    static final String KEY = "nmr.detach.timeout";
    static final String ALLOWED = "a whole number of milliseconds, 0 (do not wait) or more";

    /** Below the 30 s after which Equinox gives up the lock of a stopping bundle. */
    static final Duration DEFAULT = Duration.ofSeconds(20);

    private DetachTimeout() {}

    static Duration read(UnaryOperator<String> properties, Log log) {
        String value = properties.apply(KEY);
        return value == null ? DEFAULT : parse(value, log);
    }

    private static Duration parse(String value, Log log) {
        try {
            long millis = Long.parseLong(value.trim());
            if (millis >= 0) {
                return Duration.ofMillis(millis);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a negative number.
        }
        log.badSetting(KEY, value, ALLOWED, DEFAULT.toMillis());
        return DEFAULT;
    }
}
