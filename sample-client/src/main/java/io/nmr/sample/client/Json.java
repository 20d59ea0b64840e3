package io.nmr.sample.client;

import java.util.Collection;
import java.util.stream.Collectors;

/** Writes a JSON object. */
final class Json {

    private final StringBuilder members = new StringBuilder();

    /** Adds a member: null, a boolean, a number, an object, an array of these, or else the value's text. */
    Json with(String name, Object value) {
        members.append(members.isEmpty() ? "" : ",").append(quoted(name)).append(':').append(text(value));
        return this;
    }

    @Override
    public String toString() {
        return "{" + members + "}";
    }

    private static String text(Object value) {
        if (value == null || value instanceof Boolean || value instanceof Number || value instanceof Json) {
            return String.valueOf(value);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
        }
        return quoted(value.toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
