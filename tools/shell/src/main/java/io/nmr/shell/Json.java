package io.nmr.shell;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The records of the read model as JSON, component by component. */
final class Json {

    private static final JSON WRITER =
            JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT, JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    static String of(Object value) {
        try {
            return WRITER.asString(tree(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object tree(Object value) {
        if (value instanceof Record) {
            return members(value);
        }
        if (value instanceof Collection<?> values) {
            return values.stream().map(Json::tree).toList();
        }
        if (value instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
        if (value instanceof Duration duration) {
            return duration.toMillis();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    private static Map<String, Object> members(Object row) {
        Map<String, Object> members = new LinkedHashMap<>();
        Arrays.stream(row.getClass().getRecordComponents())
                .forEach(component -> members.put(name(component), tree(read(component, row))));
        return members;
    }

    /** The unit of a duration is part of its name. */
    private static String name(RecordComponent component) {
        return component.getName() + (component.getType() == Duration.class ? "Millis" : "");
    }

    private static Object read(RecordComponent component, Object row) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record of the read model cannot be read: " + component, e);
        }
    }
}
