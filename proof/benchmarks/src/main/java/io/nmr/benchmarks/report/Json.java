package io.nmr.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as JMH writes it, for the JDK does not: objects as maps, arrays as lists, numbers as doubles. */
final class Json {

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException if it is no JSON */
    static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.skipSpace();
        if (json.at < text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    private Object value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        expect('{');
        while (!tryExpect('}')) {
            skipSpace();
            String name = string();
            expect(':');
            object.put(name, value());
            tryExpect(',');
        }
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        expect('[');
        while (!tryExpect(']')) {
            array.add(value());
            tryExpect(',');
        }
        return array;
    }

    /** What JMH writes has no escapes but those of a quote and a backslash. */
    private String string() {
        StringBuilder string = new StringBuilder();
        expect('"');
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            string.append(peek());
            at++;
        }
        at++;
        return string.toString();
    }

    /** JMH writes a number that is none, such as the error of a single one, as a string or as a bare NaN. */
    private Object literal() {
        int begin = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String literal = text.substring(begin, at);
        return switch (literal) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            case "null" -> null;
            default -> number(literal);
        };
    }

    private Double number(String literal) {
        try {
            return Double.valueOf(literal);
        } catch (NumberFormatException e) {
            throw unexpected();
        }
    }

    private void expect(char expected) {
        if (!tryExpect(expected)) {
            throw unexpected();
        }
    }

    private boolean tryExpect(char expected) {
        skipSpace();
        boolean found = peek() == expected;
        at += found ? 1 : 0;
        return found;
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("no JSON at " + at + " of " + text.length() + " characters");
    }
}
