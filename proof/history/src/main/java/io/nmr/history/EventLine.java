package io.nmr.history;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An event as one line: its fields, escaped, with tabs between them. */
final class EventLine {

    private static final int FIELDS = 10;

    private EventLine() {}

    static String of(Event event) {
        RegisteredModule module = event.module();
        return Stream.of(
                        Long.toString(event.time()),
                        event.thread(),
                        module.role().name(),
                        module.npi(),
                        module.name(),
                        event.binding(),
                        event.peer(),
                        event.kind().name(),
                        event.outcome().name(),
                        event.note())
                .map(EventLine::escaped)
                .collect(Collectors.joining("\t"));
    }

    static Event parse(String line) {
        List<String> fields =
                Arrays.stream(line.split("\t", -1)).map(EventLine::unescaped).toList();
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("an event of " + FIELDS + " fields was expected, not: " + line);
        }
        return new Event(
                Long.parseLong(fields.get(0)),
                fields.get(1),
                new RegisteredModule(Role.valueOf(fields.get(2)), fields.get(3), fields.get(4)),
                fields.get(5),
                fields.get(6),
                Kind.valueOf(fields.get(7)),
                Outcome.valueOf(fields.get(8)),
                fields.get(9));
    }

    private static String escaped(String field) {
        return field.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String field) {
        StringBuilder plain = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            plain.append(c == '\\' && i + 1 < field.length() ? meantBy(field.charAt(++i)) : c);
        }
        return plain.toString();
    }

    private static char meantBy(char escape) {
        return switch (escape) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> escape;
        };
    }
}
