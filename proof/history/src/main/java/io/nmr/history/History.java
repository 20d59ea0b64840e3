package io.nmr.history;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happened to some modules under one registrar, in the order of logical time. Immutable.
 *
 * <p>A registrar that stops and starts again binds published modules anew: that is another history.
 *
 * @param events the events, earliest first
 */
public record History(List<Event> events) {

    /**
     * Sorts the events by their time.
     *
     * @param events in any order
     */
    public History {
        events = events.stream().sorted(Event.BY_TIME).toList();
    }

    /**
     * Reads what {@link #lines} wrote.
     *
     * @param lines one event each; empty ones are skipped
     * @return the history
     * @throws IllegalArgumentException if a line is no event
     */
    public static History parse(Stream<String> lines) {
        return new History(lines.filter(line -> !line.isEmpty()).map(EventLine::parse).toList());
    }

    /**
     * One history of several recorders that share one clock.
     *
     * @param parts what each recorded
     * @return all of it
     */
    public static History merged(History... parts) {
        return new History(Arrays.stream(parts).flatMap(part -> part.events.stream()).toList());
    }

    /** {@return the events as text, one line each, for {@link #parse}} */
    public Stream<String> lines() {
        return events.stream().map(EventLine::of);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event).append(System.lineSeparator()));
        return text.toString();
    }
}
