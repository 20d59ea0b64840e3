package io.nmr.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Collects violations. */
final class Findings {

    private final List<Violation> found = new ArrayList<>();

    void add(String rule, String explanation, Event... shown) {
        found.add(new Violation(rule, explanation, Arrays.asList(shown)));
    }

    void add(String rule, String explanation, List<Event> shown, Event... more) {
        found.add(new Violation(
                rule, explanation, Stream.concat(shown.stream(), Arrays.stream(more)).toList()));
    }

    List<Violation> all() {
        return List.copyOf(found);
    }
}
