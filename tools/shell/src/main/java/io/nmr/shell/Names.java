package io.nmr.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shortens names where a column is too narrow for them. */
final class Names {

    private static final Pattern BUNDLE = Pattern.compile("(\\S+) (\\S+) (\\[\\d+])");
    private static final Pattern LONG_SEGMENT = Pattern.compile("(?<=^|\\.)([^.])[^.]+(?=\\.)");
    private static final Pattern QUALIFIER = Pattern.compile("(?<=^\\d{1,9}\\.\\d{1,9}\\.\\d{1,9})\\..*");

    private Names() {}

    /**
     * Shortens a text to a width: a bundle by what it can best do without, anything else at its end.
     *
     * @param text the text; {@code symbolic.name 1.0.0 [12]} is a bundle
     * @param width how many characters it may have, 3 or more
     */
    static String fit(String text, int width) {
        Matcher bundle = BUNDLE.matcher(text);
        return text.length() > width && bundle.matches()
                ? fit(bundle.group(1), bundle.group(2), bundle.group(3), width)
                : cut(text, width);
    }

    /** The number stays, so that the bundle can be found: {@code i.n.sample.provider 1.0.0 [12]}. */
    private static String fit(String name, String version, String id, int width) {
        String plain = QUALIFIER.matcher(version).replaceFirst("");
        String end = " " + plain + " " + id;
        String shorter = shorten(name, width - end.length());
        if (shorter.length() + end.length() <= width) {
            return shorter + end;
        }
        return cut(shorter, width - id.length() - 1) + " " + id;
    }

    /** Its packages one by one to their first letter, from the left, until it fits or none is left. */
    static String shorten(String name, int width) {
        String shorter = name;
        while (shorter.length() > width && LONG_SEGMENT.matcher(shorter).find()) {
            shorter = LONG_SEGMENT.matcher(shorter).replaceFirst("$1");
        }
        return shorter;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 2)) + "..";
    }
}
