package io.nmr.demo;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of {@code lb -s}. */
record Bundle(long id, String state, String name, String version) {
    private static final Pattern LINE =
            Pattern.compile("\\s*(\\d{1,18})\\|(\\w+)\\s*\\|\\s*\\d+\\|(\\S+) \\((\\S+)\\)(?:\\|\\S+)?\\s*");

    static Optional<Bundle> parse(String line) {
        Matcher fields = LINE.matcher(line);
        return fields.matches()
                ? Optional.of(new Bundle(Long.parseLong(fields.group(1)), fields.group(2), fields.group(3), fields.group(4)))
                : Optional.empty();
    }

    boolean active() {
        return state.equals("Active");
    }
}
