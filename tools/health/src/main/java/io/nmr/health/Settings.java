package io.nmr.health;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What framework properties set.
 *
 * @param window for how long an incident is a warning
 * @param grace for how long a client may be without a provider
 */
record Settings(Duration window, Duration grace) {

    static final String WINDOW = "nmr.health.window";
    static final String GRACE = "nmr.health.grace";

    private static final System.Logger LOG = System.getLogger(Settings.class.getName());

    static Settings read(UnaryOperator<String> property) {
        return new Settings(
                milliseconds(WINDOW, property.apply(WINDOW), Duration.ofMinutes(10)),
                milliseconds(GRACE, property.apply(GRACE), Duration.ofMinutes(1)));
    }

    private static Duration milliseconds(String name, String value, Duration otherwise) {
        if (value == null) {
            return otherwise;
        }
        if (value.matches("[0-9]{1,10}")) {
            return Duration.ofMillis(Long.parseLong(value));
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is ''{1}'', but must be a number of milliseconds; {2,number,#} is kept",
                name, value, otherwise.toMillis());
        return otherwise;
    }
}
