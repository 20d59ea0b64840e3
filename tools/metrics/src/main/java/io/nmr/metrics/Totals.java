package io.nmr.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The values of a metric, one for each set of labels. */
final class Totals {

    private final Map<List<String>, Long> values = new LinkedHashMap<>();

    /** Adds to what these labels have. */
    void add(long value, Object... labels) {
        values.merge(Arrays.stream(labels).map(Totals::text).toList(), value, Long::sum);
    }

    /** Makes each of these last labels have a value, 0 at first: a series that is there can be compared. */
    void start(Enum<?>[] last, Object... labels) {
        Arrays.stream(last).forEach(label -> add(0, Stream.concat(Arrays.stream(labels), Stream.of(label)).toArray()));
    }

    private static String text(Object label) {
        return label instanceof Enum<?> value ? value.name().toLowerCase(Locale.ROOT) : label.toString();
    }

    void forEach(Sink sink) {
        values.forEach((labels, value) -> sink.accept(value, labels.toArray(String[]::new)));
    }

    /** Takes a value and its labels. */
    interface Sink {

        void accept(double value, String... labels);
    }
}
