package io.nmr.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Some of the events of a history, in their order. */
class Trail {

    private final List<Event> events = new ArrayList<>();

    final void add(Event event) {
        events.add(event);
    }

    final List<Event> events() {
        return events;
    }

    final List<Event> all(Kind kind) {
        return events.stream().filter(event -> event.is(kind)).toList();
    }

    final Optional<Event> first(Kind kind) {
        return events.stream().filter(event -> event.is(kind)).findFirst();
    }

    final Optional<Event> first(Kind kind, Outcome outcome) {
        return events.stream().filter(event -> event.is(kind, outcome)).findFirst();
    }

    final boolean has(Kind kind) {
        return first(kind).isPresent();
    }

    final boolean hasBefore(Kind kind, Event later) {
        return events.stream().anyMatch(event -> event.is(kind) && event.isBefore(later));
    }
}
