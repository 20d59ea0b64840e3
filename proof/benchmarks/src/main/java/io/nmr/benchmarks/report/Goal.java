package io.nmr.benchmarks.report;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * One limit, and what is compared with it.
 *
 * @param id the goal's number
 * @param text what is compared
 * @param atMost whether the limit is the largest, and not the smallest, that meets it
 * @param limit the limit
 * @param figure of one round
 */
record Goal(String id, String text, boolean atMost, double limit, ToDoubleFunction<Round> figure) {

    static Goal atMost(String id, double limit, String text, ToDoubleFunction<Round> figure) {
        return new Goal(id, text, true, limit, figure);
    }

    static Goal atLeast(String id, double limit, String text, ToDoubleFunction<Round> figure) {
        return new Goal(id, text, false, limit, figure);
    }

    String bound() {
        return (atMost ? "≤ " : "≥ ") + number(limit);
    }

    /** The figure, whether it meets the limit, and else by how much it misses it. */
    String verdict(Results results) {
        OptionalDouble measured = results.median(figure);
        if (measured.isEmpty()) {
            return "not measured";
        }
        double value = measured.getAsDouble();
        boolean met = atMost ? value <= limit : value >= limit;
        String range = range(results);
        return met
                ? number(value) + range + ", met"
                : "**" + number(value) + range + ", missed** by " + number(atMost ? value / limit : limit / value) + " ×";
    }

    private String range(Results results) {
        double least = results.range(figure).min().orElseThrow();
        double most = results.range(figure).max().orElseThrow();
        return number(least).equals(number(most)) ? "" : " (" + number(least) + " – " + number(most) + ")";
    }

    /** Three digits, or the whole number. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
