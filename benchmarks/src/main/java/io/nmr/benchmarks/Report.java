package io.nmr.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The medians of some rounds, and the ratios that the goals are about, as Markdown. */
final class Report {

    private static final List<String> BENCHMARKS = List.of(
            "direct",
            "oneXadd",
            "callGate",
            "callGateContendedBefore",
            "handWrittenGuard",
            "generatedGuard",
            "clientCall",
            "atomicLong",
            "synchronizedCounter",
            "refusedByCallGate",
            "refusedByAtomicLong");

    private final List<Round> rounds;

    Report(List<Round> rounds) {
        this.rounds = rounds;
    }

    @Override
    public String toString() {
        if (rounds.isEmpty()) {
            return "No calm round: the host is busy, try again later.\n";
        }
        StringBuilder text = new StringBuilder(header());
        BENCHMARKS.forEach(benchmark -> text.append(row(benchmark)));
        return text.append(goals()).toString();
    }

    private String header() {
        return String.format(
                "%nMedians of %d rounds, Java %s, ns a call%n%n| | 1 thread | 2 | 4 |%n|---|---|---|---|%n",
                rounds.size(), Runtime.version());
    }

    private String row(String benchmark) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                benchmark,
                median(round -> round.nanoseconds(benchmark, 1)),
                median(round -> round.nanoseconds(benchmark, 2)),
                median(round -> round.nanoseconds(benchmark, 4)));
    }

    private String goals() {
        return "\n| | measured | goal |\n|---|---|---|\n"
                + goal("G1: added by callGate / oneXadd", "2.75", r -> r.added("callGate", 1) / r.added("oneXadd", 1))
                + goal("G1: callGate / atomicLong", "1.25", r -> ratio(r, "callGate", "atomicLong", 1))
                + goal("G1, stretch: callGate / oneXadd", "2.2", r -> ratio(r, "callGate", "oneXadd", 1))
                + goal("G1: what the chain adds to callGate", "1.15",
                        r -> r.added("handWrittenGuard", 1) / r.added("callGate", 1))
                + goal("G3: generatedGuard / handWrittenGuard", "1.10",
                        r -> ratio(r, "generatedGuard", "handWrittenGuard", 1))
                + goal("G2: atomicLong / callGate, 4 threads", "≥ 8", r -> ratio(r, "atomicLong", "callGate", 4))
                + goal("G2: growth of callGate / of oneXadd", "1.3", r -> r.growth("callGate") / r.growth("oneXadd"));
    }

    private String goal(String name, String goal, ToDoubleFunction<Round> measure) {
        return String.format(Locale.ROOT, "| %s | %.2f | %s |%n", name, median(measure), goal);
    }

    private static double ratio(Round round, String numerator, String denominator, int threads) {
        return round.nanoseconds(numerator, threads) / round.nanoseconds(denominator, threads);
    }

    private double median(ToDoubleFunction<Round> measure) {
        double[] sorted = rounds.stream().mapToDouble(measure).sorted().toArray();
        return Arrays.stream(sorted).skip((sorted.length - 1) / 2).limit(2 - sorted.length % 2).average().orElseThrow();
    }
}
