package io.nmr.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is printed at the end. */
final class Summary {
    private static final String ROW = "%-16s %s";

    private final Outcome outcome;

    Summary(Outcome outcome) {
        this.outcome = outcome;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Tally.Snapshot tally = outcome.tally();
        lines.add(row("requests", tally.requests()));
        lines.add(row("failures", tally.failed() + kinds(tally.failures())));
        lines.add(row("cut", tally.cut() + " calls still running when a provider's activator stopped"));
        lines.add(row("latency",
                "p50 " + millis(tally.p50()) + ", p99 " + millis(tally.p99()) + ", longest " + millis(tally.longest())));
        lines.add(row("swaps", outcome.swaps().size() + " of " + outcome.swapsWanted()));
        lines.add(row("drain times", drainTimes()));
        lines.add(row("overdue", outcome.overdue()));
        lines.add(row("history", outcome.history().line()));
        outcome.history().examples().forEach(example -> example.toString().lines().forEach(line -> lines.add("  " + line)));
        outcome.problems().forEach(problem -> lines.add(row("problem", problem)));
        lines.add("");
        lines.add(outcome.verdict());
        return lines;
    }

    private static String kinds(Map<String, Long> failures) {
        return failures.isEmpty() ? "" : new TreeMap<>(failures)
                .entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private String drainTimes() {
        List<Long> times = outcome.swaps().stream()
                .flatMap(swap -> swap.drain().stream())
                .filter(drain -> !drain.overdue())
                .map(DrainRecord::millis)
                .sorted()
                .toList();
        return times.isEmpty() ? "none" : String.format("shortest %d ms, median %d ms, longest %d ms",
                times.get(0), times.get(times.size() / 2), times.get(times.size() - 1));
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1_000.0);
    }

    private static String row(String name, Object value) {
        return String.format(ROW, name, value);
    }
}
