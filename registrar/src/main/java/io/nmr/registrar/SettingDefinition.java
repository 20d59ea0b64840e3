package io.nmr.registrar;

import io.nmr.api.NpiId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Defines a setting: its key, in Config Admin and as a framework property, its default and its legal values. A value is a
 * text, a number, or an array or collection of them.
 *
 * @param key its name
 * @param allowed the legal values, in words
 * @param initial the default
 * @param parser reads a value; throws {@link IllegalArgumentException} if it is not legal
 */
record SettingDefinition<T>(String key, String allowed, T initial, Function<Object, T> parser) {

    private static final String MILLISECONDS = "a whole number of milliseconds, ";

    /** By default Equinox waits for the lock of a stopping bundle for 30 s; the default here is shorter. */
    static final SettingDefinition<Duration> DETACH_TIMEOUT = new SettingDefinition<>(
            "nmr.detach.timeout", MILLISECONDS + "0 (do not wait) or more", Duration.ofSeconds(20), SettingDefinition::millis);

    static final SettingDefinition<Map<NpiId, Duration>> DETACH_TIMEOUTS = new SettingDefinition<>(
            "nmr.detach.timeouts",
            "pairs <GUID of the NPI>=<milliseconds, 0 or more>, separated by commas",
            Map.of(),
            SettingDefinition::millisOfNpis);

    static final SettingDefinition<OverduePolicy> OVERDUE = new SettingDefinition<>(
            "nmr.detach.overdue",
            "proceed, interrupt or wait",
            OverduePolicy.PROCEED,
            value -> OverduePolicy.parse(text(value)));

    static final SettingDefinition<Duration> GRACE = new SettingDefinition<>(
            "nmr.detach.grace",
            MILLISECONDS + "0 to 60000",
            Duration.ofSeconds(2),
            value -> Duration.ofMillis(within(0, 60_000, value)));

    static final SettingDefinition<Integer> CALLBACK_THREADS =
            new SettingDefinition<>("nmr.callback.threads", "a whole number, 1 to 256", 8, value -> (int) within(1, 256, value));

    static final List<SettingDefinition<?>> ALL = List.of(DETACH_TIMEOUT, DETACH_TIMEOUTS, OVERDUE, GRACE, CALLBACK_THREADS);

    static boolean isKnown(String key) {
        return ALL.stream().anyMatch(setting -> setting.key.equalsIgnoreCase(key));
    }

    /** The value of {@code source}; {@code unset} if it has none, and {@code kept} if it is not legal. */
    T read(Function<String, ?> source, T unset, T kept, Log log) {
        Object value = source.apply(key);
        return value == null ? unset : read(key, value, kept, log).orElse(kept);
    }

    /** Empty, and reported in the log as {@code named}, if it is not legal; then {@code kept} stays in force. */
    Optional<T> read(String named, Object value, T kept, Log log) {
        try {
            return Optional.of(parser.apply(value));
        } catch (RuntimeException e) { // also one of the value's own: a service property may be any object
            log.badSetting(named, shown(value), allowed, shown(kept));
            return Optional.empty();
        }
    }

    static String shown(Object value) {
        if (value instanceof Duration duration) {
            return Long.toString(duration.toMillis());
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "none" : String.join(",", map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
                    .toList());
        }
        try {
            return value instanceof Object[] array ? Arrays.toString(array) : String.valueOf(value);
        } catch (RuntimeException e) {
            return "a " + value.getClass().getName() + ", which throws " + e.getClass().getName();
        }
    }

    private static String text(Object value) {
        return value.toString().trim();
    }

    private static long within(long least, long most, Object value) {
        long number = Long.parseLong(text(value));
        if (number < least || number > most) {
            throw new IllegalArgumentException("not from " + least + " to " + most);
        }
        return number;
    }

    private static Duration millis(Object value) {
        return Duration.ofMillis(within(0, Long.MAX_VALUE, value));
    }

    private static Map<NpiId, Duration> millisOfNpis(Object value) {
        Map<NpiId, Duration> timeouts = new LinkedHashMap<>();
        elements(value).forEach(pair -> {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no =");
            }
            timeouts.put(npi(pair.substring(0, equals)), millis(pair.substring(equals + 1)));
        });
        return Map.copyOf(timeouts);
    }

    /** Braces are legal, because log records write them. */
    private static NpiId npi(String guid) {
        return NpiId.of(guid.trim().replaceFirst("^\\{(.*)}$", "$1"));
    }

    private static Stream<String> elements(Object value) {
        if (value instanceof Object[] array) {
            return Stream.of(array).flatMap(SettingDefinition::elements);
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().flatMap(SettingDefinition::elements);
        }
        return Stream.of(text(value).split(",")).map(String::trim).filter(element -> !element.isEmpty());
    }
}
