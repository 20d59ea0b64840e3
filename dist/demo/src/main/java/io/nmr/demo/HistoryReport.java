package io.nmr.demo;

import io.nmr.history.Event;
import io.nmr.history.History;
import io.nmr.history.HistoryCheck;
import io.nmr.history.Kind;
import io.nmr.history.Outcome;
import io.nmr.history.Role;
import io.nmr.history.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the checker says of the recorded history.
 *
 * @param bindings how many the recorded client attached to
 * @param calls how many of its calls were admitted
 * @param violations what is broken
 */
record HistoryReport(long events, long bindings, long calls, List<Violation> violations) {

    /** The checker's word on a history that is over. */
    static HistoryReport of(History history) {
        List<Event> events = history.events();
        long bindings = events.stream().filter(HistoryReport::attaches).count();
        long calls = events.stream().filter(event -> event.kind() == Kind.CALL_ENTERED).count();
        return new HistoryReport(events.size(), bindings, calls, HistoryCheck.violationsAtEnd(history));
    }

    private static boolean attaches(Event event) {
        return event.kind() == Kind.ATTACH_END && event.outcome() == Outcome.SUCCESS && event.module().role() == Role.CLIENT;
    }

    boolean held() {
        return violations.isEmpty();
    }

    String line() {
        return events + " events, " + bindings + " bindings, " + calls + " calls: "
                + (held() ? "every rule held" : "rules broken " + violations.size() + " times (" + counts() + ")");
    }

    private String counts() {
        return rules().entrySet().stream()
                .map(rule -> rule.getKey() + " " + rule.getValue().size())
                .collect(Collectors.joining(", "));
    }

    /** For each broken rule the first violation, with the events that show it. */
    List<Violation> examples() {
        return rules().values().stream().map(broken -> broken.get(0)).toList();
    }

    private Map<String, List<Violation>> rules() {
        return violations.stream().collect(Collectors.groupingBy(Violation::rule, TreeMap::new, Collectors.toList()));
    }
}
