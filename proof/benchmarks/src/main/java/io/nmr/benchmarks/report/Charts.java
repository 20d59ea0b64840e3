package io.nmr.benchmarks.report;

import io.nmr.benchmarks.report.Chart.Line;
import io.nmr.benchmarks.report.Chart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** The charts of one Java version. */
final class Charts {

    private static final double ITERATION_SECONDS = 0.2;

    private final Results results;

    Charts(Results results) {
        this.results = results;
    }

    /** Those that there are figures for. */
    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        add(charts, "calls", "A tracked call", "threads", "ns", List.of(1.0, 2.0, 4.0), calls());
        add(charts, "pairs", "A pair through the plain API, and in Felix", "N, what is there already", "µs",
                List.of(10.0, 1_000.0, 10_000.0, 50_000.0), pairs());
        add(charts, "felix", "Characteristics published and withdrawn in Felix", "N, published already", "µs",
                List.of(10.0, 1_000.0, 10_000.0), published("FELIX"));
        add(charts, "equinox", "Characteristics published and withdrawn in Equinox", "N, published already", "µs",
                List.of(10.0, 1_000.0, 10_000.0), published("EQUINOX"));
        drain(charts, "client", "A client calls while the newer of two providers detaches");
        drain(charts, "keptDispatch", "The same through a kept dispatch table");
        return charts;
    }

    private List<Line> calls() {
        List<Line> lines = new ArrayList<>();
        for (String guard : List.of("direct", "oneXadd", "callGate", "generatedGuard", "clientCall", "atomicLong",
                "stampedLock", "semaphore", "readWriteLock", "synchronizedCounter")) {
            lines.add(line(guard, List.of(1, 2, 4), (round, threads) -> round.call(guard, threads)));
        }
        return lines;
    }

    private List<Line> pairs() {
        List<Integer> sizes = List.of(10, 1_000, 10_000, 50_000);
        return List.of(
                line("others of the same NPI", sizes, (round, n) -> pair(round, "SAME", n)),
                line("others of other NPIs", sizes, (round, n) -> pair(round, "OTHER", n)),
                line("Felix, nobody listening", sizes, (round, n) -> published(round, "FELIX", "NOBODY", 1, n)),
                line("Felix, a listener", sizes, (round, n) -> published(round, "FELIX", "LISTENER", 1, n)));
    }

    private static double pair(Round round, String others, int n) {
        return round.time("Pair.client", "modules=RAW", "others=" + others, "n=" + n);
    }

    private List<Line> published(String platform) {
        List<Integer> sizes = List.of(10, 1_000, 10_000);
        List<Line> lines = new ArrayList<>();
        lines.add(line("the registrar, 1 bundle", sizes, (round, n) -> published(round, platform, "REGISTRAR", 1, n)));
        lines.add(line("the registrar, 100 bundles", sizes, (round, n) -> published(round, platform, "REGISTRAR", 100, n)));
        for (String[] peer : new String[][] {
            {"NOBODY", "nobody"}, {"LISTENER", "a ServiceListener"}, {"TRACKER", "a ServiceTracker"}, {"SCR", "Felix SCR"},
            {"DEPENDENCY_MANAGER", "DependencyManager"}}) {
            lines.add(line(peer[1], sizes, (round, n) -> published(round, platform, peer[0], 1, n)));
        }
        return lines;
    }

    private static double published(Round round, String platform, String consumer, int publishers, int n) {
        return round.time("PublishedPair.pair",
                "platform=" + platform, "consumer=" + consumer, "publishers=" + publishers, "n=" + n);
    }

    private Line line(String name, List<Integer> at, BiFunction<Round, Integer, Double> figure) {
        List<Point> points = new ArrayList<>();
        for (int x : at) {
            ToDoubleFunction<Round> here = round -> figure.apply(round, x);
            OptionalDouble y = results.median(here);
            y.ifPresent(value -> points.add(new Point(x, value)));
        }
        return new Line(name, points);
    }

    private void add(
            List<Chart> charts, String file, String title, String x, String unit, List<Double> at, List<Line> all) {
        List<Line> lines = all.stream().filter(line -> !line.points().isEmpty()).toList();
        if (!lines.isEmpty()) {
            double[] sorted = heights(lines).sorted().toArray();
            charts.add(new Chart(
                    name(file),
                    title + ", " + unit + ", " + results.name(),
                    Axis.of(x, at),
                    Axis.logarithmic(unit, sorted[0], sorted[sorted.length - 1]),
                    lines));
        }
    }

    private void drain(List<Chart> charts, String benchmark, String title) {
        results.kept().stream()
                .flatMap(round -> round.measurements().stream())
                .filter(each -> each.name().equals("DrainUnderLoad." + benchmark))
                .findFirst()
                .ifPresent(each -> charts.add(drain(each, title, "drain-" + benchmark)));
    }

    /** Of the first round: a time series has no median. */
    private Chart drain(Measurement measured, String title, String file) {
        List<Line> lines = List.of(
                new Line("the newer answers", series(measured.series().get("newer"))),
                new Line("the older answers", series(measured.series().get("older"))),
                new Line("the newer refuses", series(measured.series().get("refused"))));
        double seconds = measured.series().get("newer").size() * ITERATION_SECONDS;
        return new Chart(
                name(file),
                title + ", " + results.name(),
                Axis.linear("seconds; the detach begins after a third, and ends after two", seconds),
                Axis.linear("calls a millisecond, 4 threads", heights(lines).max().orElseThrow()),
                lines);
    }

    private static List<Point> series(List<Double> figures) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < figures.size(); i++) {
            points.add(new Point((i + 0.5) * ITERATION_SECONDS, figures.get(i)));
        }
        return points;
    }

    private static DoubleStream heights(List<Line> lines) {
        return lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y);
    }

    private String name(String file) {
        return results.name().replace(" ", "").toLowerCase(Locale.ROOT) + "-" + file + ".svg";
    }
}
