package io.nmr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The goals, each a ratio inside one round, and how the results compare with them. */
public final class Goals {

    private Goals() {}

    private static List<Goal> all() {
        List<Goal> goals = new ArrayList<>(calls());
        goals.addAll(bindings());
        goals.addAll(published());
        goals.addAll(memoryAndStops());
        return goals;
    }

    private static List<Goal> calls() {
        return List.of(
                Goal.atMost("G1", 2.75, "1 thread: what `callGate` adds to `direct` / what `oneXadd` adds",
                        round -> round.added("callGate", 1) / round.added("oneXadd", 1)),
                Goal.atMost("G1", 1.15, "1 thread: what `handWrittenGuard`, gate and chain, adds / what `callGate` adds",
                        round -> round.added("handWrittenGuard", 1) / round.added("callGate", 1)),
                Goal.atMost("G1", 1.25, "1 thread: `callGate` / `atomicLong`",
                        round -> round.call("callGate", 1) / round.call("atomicLong", 1)),
                Goal.atMost("G1, stretch", 2.2, "1 thread: `callGate` / `oneXadd`",
                        round -> round.call("callGate", 1) / round.call("oneXadd", 1)),
                Goal.atLeast("G2", 8, "4 threads: `atomicLong` / `callGate`",
                        round -> round.call("atomicLong", 4) / round.call("callGate", 4)),
                Goal.atMost("G2", 1.3, "growth from 1 thread to 4: of `callGate` / of `oneXadd`",
                        round -> round.growth("callGate") / round.growth("oneXadd")),
                Goal.atMost("G3", 1.1, "1 thread: `generatedGuard` / `handWrittenGuard`",
                        round -> round.call("generatedGuard", 1) / round.call("handWrittenGuard", 1)),
                Goal.atMost("G3", 0.1, "bytes that a call through `generatedGuard` allocates",
                        round -> round.find("TrackedCall.generatedGuard", 1, "callers=PLATFORM")
                                .counters().entrySet().stream()
                                .filter(counter -> counter.getKey().endsWith("gc.alloc.rate.norm"))
                                .findFirst().orElseThrow().getValue()));
    }

    private static List<Goal> bindings() {
        return List.of(
                Goal.atMost("G4", 0.3, "the pair through the plain API / Felix's bare register and unregister, N = 10",
                        round -> pair(round, "SAME", 10)
                                / round.time("PublishedPair.pair", "platform=FELIX", "consumer=NOBODY", "n=10")),
                Goal.atMost("G5", 1.5, "the pair at N = 50 000 / at N = 10",
                        round -> pair(round, "SAME", 50_000) / pair(round, "SAME", 10)),
                Goal.atMost("G5", 1.1, "the pair at N = 50 000 of other NPIs / at N = 10",
                        round -> pair(round, "OTHER", 50_000) / pair(round, "SAME", 10)),
                Goal.atMost("G5", 1.5, "deregistering, per binding: at 50 000 / at 1 000, a raw provider",
                        round -> perBinding(round, "RAW", "PROVIDER")),
                Goal.atMost("G5", 1.5, "the same, a raw client", round -> perBinding(round, "RAW", "CLIENT")),
                Goal.atMost("G5", 1.5, "the same, a typed provider", round -> perBinding(round, "TYPED", "PROVIDER")),
                Goal.atMost("G5", 1.5, "the same, a typed client", round -> perBinding(round, "TYPED", "CLIENT")));
    }

    private static double pair(Round round, String others, int n) {
        return round.time("Pair.client", "modules=RAW", "others=" + others, "n=" + n);
    }

    private static double perBinding(Round round, String modules, String role) {
        double many = round.time("Deregistration.deregister", "n=50000", "modules=" + modules, "role=" + role);
        double few = round.time("Deregistration.deregister", "n=1000", "modules=" + modules, "role=" + role);
        return (many / 50_000) / (few / 1_000);
    }

    private static List<Goal> published() {
        return List.of(
                published("FELIX", "Felix", 1),
                published("FELIX", "Felix", 100),
                published("EQUINOX", "Equinox", 1),
                published("EQUINOX", "Equinox", 100));
    }

    private static Goal published(String platform, String name, int publishers) {
        String by = publishers == 1 ? "1 bundle" : publishers + " bundles";
        return Goal.atMost("G6", 2, name + ", published by " + by + ", N = 10 000: the registrar / one ServiceListener",
                round -> published(round, platform, "REGISTRAR", publishers)
                        / published(round, platform, "LISTENER", publishers));
    }

    private static double published(Round round, String platform, String consumer, int publishers) {
        return round.time("PublishedPair.pair",
                "platform=" + platform, "consumer=" + consumer, "publishers=" + publishers, "n=10000");
    }

    private static List<Goal> memoryAndStops() {
        return List.of(
                footprint(128, "RAW", "raw modules, a gate on each side"),
                footprint(256, "TYPED", "typed modules"),
                footprint(256, "TYPED_WITH_CALLBACKS", "typed modules with callbacks"),
                Goal.atMost("G7", 1, "MB of the whole heap kept after a million virtual threads, a thousand at a time",
                        round -> round.keptAfterThreads("call") / 1e6),
                stop("FELIX", "Felix"),
                stop("EQUINOX", "Equinox"));
    }

    private static Goal footprint(int limit, String shape, String text) {
        return Goal.atMost("G7", limit, "bytes a binding: " + text,
                round -> round.find("BindingFootprint.count", 1, "shape=" + shape).counters().get("perBinding"));
    }

    private static Goal stop(String platform, String name) {
        return Goal.atMost("G8", 100,
                name + ", µs: from the last call's return to the stop's, less a stop without calls; medians",
                round -> round.time("BundleStop.afterLastCall", "platform=" + platform)
                        - round.time("BundleStop.withoutCall", "platform=" + platform));
    }

    /** As Markdown: one line for each goal, one column for each Java version. */
    public static String table(List<Results> results) {
        String header = results.stream().map(Results::name).collect(Collectors.joining(" | "));
        StringBuilder table = new StringBuilder(
                "| | | goal | " + header + " |\n|---|---|---" + "|---".repeat(results.size()) + "|\n");
        for (Goal goal : all()) {
            table.append("| ").append(goal.id()).append(" | ").append(goal.text()).append(" | ").append(goal.bound());
            results.forEach(each -> table.append(" | ").append(goal.verdict(each)));
            table.append(" |\n");
        }
        return table.toString();
    }
}
