package io.nmr.history;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A rule that a history breaks.
 *
 * @param rule the rule, such as {@code D2}
 * @param explanation what was expected and what happened instead
 * @param events those that show it, earliest first
 */
public record Violation(String rule, String explanation, List<Event> events) {

    /**
     * Sorts the events by their time.
     *
     * @param rule as in the record
     * @param explanation as in the record
     * @param events in any order; one that is there twice counts once
     */
    public Violation {
        events = events.stream().sorted(Event.BY_TIME).distinct().toList();
    }

    @Override
    public String toString() {
        return rule + ": " + explanation
                + events.stream()
                        .map(event -> System.lineSeparator() + "    " + event)
                        .collect(Collectors.joining());
    }
}
