package io.nmr.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registrar's log record of one drained bundle: NMR201, or NMR202 when it goes on stopping although not drained. */
record DrainRecord(String bundle, String version, long id, boolean overdue, long millis, long callsAtStart) {
    /** Drains of the framework, the registrar or a single module name no bundle first, and are none of the demo's. */
    private static final Pattern ANY = Pattern.compile(".*\\bNMR20[12] (?:Drained|Overdue:) (?!the |\\[).*");
    private static final Pattern DRAINED = Pattern.compile(
            "(?:.*\\s)?NMR201 Drained (\\S+) (\\S+) \\[(\\d{1,18})\\] in (\\d{1,18}) ms: "
            + "modules \\d+, bindings \\d+, calls in progress at its start (\\d{1,18})");
    /** What still detaches may have ended before it is listed. */
    private static final Pattern OVERDUE = Pattern.compile(
            "(?:.*\\s)?NMR202 Overdue: (\\S+) (\\S+) \\[(\\d{1,18})\\] goes on stopping after "
            + "(\\d{1,18}) ms: modules \\d+, bindings \\d+, calls in progress at its start (\\d{1,18}); still detaching:.*");

    /** Whether the line holds such a record, readable or not. */
    static boolean isIn(String line) {
        return ANY.matcher(line).matches();
    }

    static Optional<DrainRecord> parse(String line) {
        Matcher drained = DRAINED.matcher(line);
        if (drained.matches()) {
            return Optional.of(of(drained, false));
        }
        Matcher overdue = OVERDUE.matcher(line);
        return overdue.matches() ? Optional.of(of(overdue, true)) : Optional.empty();
    }

    boolean isOf(Bundle other) {
        return id == other.id() && bundle.equals(other.name()) && version.equals(other.version());
    }

    private static DrainRecord of(Matcher fields, boolean overdue) {
        return new DrainRecord(
                fields.group(1), fields.group(2), number(fields, 3), overdue, number(fields, 4), number(fields, 5));
    }

    private static long number(Matcher fields, int group) {
        return Long.parseLong(fields.group(group));
    }
}
