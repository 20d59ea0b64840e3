package io.nmr.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The figures behind the goals, as Markdown: a table for each thing measured, the Java versions beside each other. */
final class Tables {

    private static final List<String> GUARDS = List.of(
            "direct", "oneXadd", "callGate", "callGateContendedBefore", "handWrittenGuard", "generatedGuard", "proxyGuard",
            "clientCall", "atomicLong", "synchronizedCounter", "readWriteLock", "stampedLock", "semaphore", "phaser");
    private static final List<String> ON_VIRTUAL_THREADS = List.of(
            "direct", "oneXadd", "callGate", "generatedGuard", "clientCall", "atomicLong", "synchronizedCounter");
    private static final List<String> REFUSED = List.of(
            "refusedByCallGate", "refusedByAtomicLong", "refusedBySynchronizedCounter", "refusedByReadWriteLock");
    private static final List<String> CONSUMERS =
            List.of("NOBODY", "LISTENER", "REGISTRAR", "TRACKER", "SCR", "DEPENDENCY_MANAGER");

    private final List<Results> results;
    private final StringBuilder text = new StringBuilder();

    Tables(List<Results> results) {
        this.results = results;
    }

    String all() {
        calls();
        pairs();
        deregistrations();
        published();
        stops();
        memory();
        drain();
        return text.toString();
    }

    private void calls() {
        begin("A tracked call, ns", "1 thread", "2", "4");
        for (String guard : GUARDS) {
            row(guard, threads("TrackedCall." + guard, "callers=PLATFORM"));
        }
        for (String refused : REFUSED) {
            row(refused, threads("RefusedCall." + refused));
        }
        begin("A tracked call from virtual threads, ns", "1 thread", "4");
        for (String guard : ON_VIRTUAL_THREADS) {
            row(guard, List.of(
                    round -> round.find("TrackedCall." + guard, 1, "callers=VIRTUAL").score(),
                    round -> round.find("TrackedCall." + guard, 4, "callers=VIRTUAL").score()));
        }
    }

    private static List<ToDoubleFunction<Round>> threads(String name, String... parameters) {
        return List.of(
                round -> round.find(name, 1, parameters).score(),
                round -> round.find(name, 2, parameters).score(),
                round -> round.find(name, 4, parameters).score());
    }

    private void pairs() {
        begin("A pair attached and detached through the plain API, µs, with N bindings there",
                "N = 10", "1 000", "10 000", "50 000");
        for (String[] each : new String[][] {
            {"client", "RAW", "SAME"}, {"client", "RAW", "OTHER"}, {"provider", "RAW", "SAME"},
            {"client", "TYPED", "SAME"}, {"provider", "TYPED", "SAME"}}) {
            row("a " + each[1].toLowerCase(Locale.ROOT) + " " + each[0] + "; the others of "
                            + (each[2].equals("SAME") ? "the same NPI" : "other NPIs"),
                    sizes("Pair." + each[0], List.of(10, 1_000, 10_000, 50_000), "modules=" + each[1], "others=" + each[2]));
        }
        row("a raw client, with a sketch: lists and callbacks, no states",
                sizes("SketchedPair.client", List.of(10, 1_000, 10_000, 50_000)));
    }

    private void deregistrations() {
        begin("A module deregistered, µs a binding", "1 000 bindings", "50 000");
        for (String modules : List.of("RAW", "TYPED")) {
            for (String role : List.of("PROVIDER", "CLIENT")) {
                row("a " + (modules + " " + role).toLowerCase(Locale.ROOT), List.of(
                        round -> round.time("Deregistration.deregister",
                                "n=1000", "modules=" + modules, "role=" + role) / 1_000,
                        round -> round.time("Deregistration.deregister",
                                "n=50000", "modules=" + modules, "role=" + role) / 50_000));
            }
        }
    }

    private void published() {
        for (String platform : List.of("FELIX", "EQUINOX")) {
            begin("Characteristics published and withdrawn in " + platform.charAt(0)
                            + platform.substring(1).toLowerCase(Locale.ROOT) + ", µs, with N published",
                    "N = 10", "1 000", "10 000");
            for (String consumer : CONSUMERS) {
                for (int publishers : new int[] {1, 100}) {
                    row(consumer + ", " + publishers + (publishers == 1 ? " bundle" : " bundles"),
                            sizes("PublishedPair.pair", List.of(10, 1_000, 10_000),
                                    "platform=" + platform, "consumer=" + consumer, "publishers=" + publishers));
                }
            }
        }
    }

    private static List<ToDoubleFunction<Round>> sizes(String name, List<Integer> sizes, String... parameters) {
        return sizes.stream().<ToDoubleFunction<Round>>map(n -> round -> {
            String[] all = Arrays.copyOf(parameters, parameters.length + 1);
            all[parameters.length] = "n=" + n;
            return round.time(name, all);
        }).toList();
    }

    private void stops() {
        begin("A stop, median, µs", "without calls", "from the last call's return");
        for (String platform : List.of("FELIX", "EQUINOX")) {
            row("a bundle, " + platform, List.of(
                    round -> round.time("BundleStop.withoutCall", "platform=" + platform),
                    round -> round.time("BundleStop.afterLastCall", "platform=" + platform)));
            row("the framework with 100 draining modules, " + platform, List.of(
                    round -> 1_000 * round.time("FrameworkStop.withoutCalls", "platform=" + platform),
                    round -> 1_000 * round.time("FrameworkStop.afterLastCall", "platform=" + platform)));
        }
    }

    private void memory() {
        begin("Bytes kept", "");
        for (String shape : List.of("RAW_WITHOUT_GATES", "RAW", "RAW_OWNED", "TYPED", "TYPED_WITH_CALLBACKS")) {
            row("by a binding: " + shape, List.of(
                    round -> round.find("BindingFootprint.count", 1, "shape=" + shape).counters().get("perBinding")));
        }
        row("after a million virtual threads, a thousand at a time", List.of(round -> round.keptAfterThreads("call")));
        row("the same, of the bare object's calls", List.of(round -> round.keptAfterThreads("bareCall")));
    }

    private void drain() {
        begin("Calls a millisecond from 4 threads around a detach", "before", "during", "after");
        for (String benchmark : List.of("client", "keptDispatch")) {
            for (String counter : List.of("newer", "older", "refused")) {
                row(benchmark + ": " + counter, List.of(
                        round -> third(round, benchmark, counter, 0),
                        round -> third(round, benchmark, counter, 1),
                        round -> third(round, benchmark, counter, 2)));
            }
        }
    }

    private static double third(Round round, String benchmark, String counter, int which) {
        List<Double> series = round.find("DrainUnderLoad." + benchmark, 4).series().get(counter);
        int third = series.size() / 3;
        return series.subList(which * third, (which + 1) * third).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    private void begin(String title, String... columns) {
        text.append("\n## ").append(title).append("\n| |");
        for (Results each : results) {
            for (int i = 0; i < columns.length; i++) {
                text.append(i == 0 ? " " + each.name() + ": " : " ").append(columns[i]).append(" |");
            }
        }
        text.append("\n|---").append("|---".repeat(columns.length * results.size())).append("|\n");
    }

    /** Left out where nothing was measured. */
    private void row(String name, List<ToDoubleFunction<Round>> figures) {
        if (results.stream().anyMatch(each -> figures.stream().anyMatch(figure -> each.median(figure).isPresent()))) {
            text.append("| ").append(name).append(" |");
            for (Results each : results) {
                figures.forEach(figure -> text.append(' ').append(cell(each.median(figure))).append(" |"));
            }
            text.append('\n');
        }
    }

    private static String cell(OptionalDouble figure) {
        return figure.isPresent() ? Goal.number(figure.getAsDouble()) : "";
    }
}
