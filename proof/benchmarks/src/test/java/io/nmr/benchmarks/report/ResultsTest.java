package io.nmr.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final String RUN =
            "java=17.0.15\nvm=a VM\nmachine=a machine\ncommit=abc\ndate=2026-01-01\nrounds=1\ndropped=2\n";

    @TempDir
    private Path folder;

    @Test
    void aRoundOnABusyMachine_isRejected_andNotCounted() {
        Results results = results(round("calm", 10, 15, 20), round("busy", 10, 15.1, 90), round("odd", 10, 8.9, 90));

        assertThat(results.kept()).extracting(Round::name).containsExactly("calm");
        assertThat(results.rejected()).extracting(Round::name).containsExactly("busy", "odd");
        assertThat(results.median(gate())).hasValue(20);
    }

    @Test
    void medianOfTheRoundsThatHaveAFigure() {
        Round without = new Round("without", List.of(call("oneXadd", 1, 10), call("oneXadd", 4, 10)));

        assertThat(results(round("a", 10, 10, 3), without, round("b", 10, 10, 1), round("c", 10, 10, 2)).median(gate()))
                .hasValue(2);
        assertThat(results(round("a", 10, 10, 3), round("b", 10, 10, 1)).median(gate())).hasValue(2);
        assertThat(results(without).median(gate())).isEmpty();
    }

    @Test
    void aGoal_saysWhetherItIsMet_andElseByHowMuchItIsMissed() {
        Results results = results(round("a", 10, 10, 30));

        assertThat(Goal.atMost("G", 30, "", gate()).verdict(results)).isEqualTo("30, met");
        assertThat(Goal.atMost("G", 20, "", gate()).verdict(results)).isEqualTo("**30, missed** by 1.50 ×");
        assertThat(Goal.atLeast("G", 30, "", gate()).verdict(results)).isEqualTo("30, met");
        assertThat(Goal.atLeast("G", 60, "", gate()).verdict(results)).isEqualTo("**30, missed** by 2 ×");
        assertThat(Goal.atMost("G", 1, "", round -> round.time("Nothing")).verdict(results)).isEqualTo("not measured");
    }

    @Test
    void whatManyThreadsKeep_isMissedAboveTheLimit_andNotTakenFromAnotherForm() {
        assertThat(table(Map.of("threads", "1000000", "atOnce", "1000"), 0.4e6)).contains("≤ 1 | 0.40, met |");
        assertThat(table(Map.of("threads", "1000000", "atOnce", "1000"), 1.4e6)).contains("≤ 1 | **1.40, missed** by 1.40 × |");
        assertThat(table(Map.of("threads", "1000000"), 0.4e6)).doesNotContain("0.40").contains("≤ 1 | not measured |");
    }

    private static String table(Map<String, String> parameters, double kept) {
        Measurement measured =
                new Measurement("ManyThreads.call", 1, parameters, 0, 0, Map.of("kept", kept), Map.of());
        return Goals.table(List.of(results(
                new Round("a", List.of(call("oneXadd", 1, 10), call("oneXadd", 4, 10), measured)))));
    }

    @Test
    void theDocument_isMadeOfTheFiles_withNotesAndCharts() throws Exception {
        Path results = Files.createDirectories(folder.resolve("results"));
        Files.writeString(results.resolve("java17-run.properties"), RUN);
        Files.writeString(results.resolve("java17-round1.json"), json(8.5, 8.6));
        Files.writeString(results.resolve("java17-round2.json"), json(8.5, 20));
        Files.writeString(folder.resolve("notes.md"), "## Notes\nOf ours.\n");

        new Document(Results.readAll(results)).write(folder.resolve("RESULTS.md"));

        String document = Files.readString(folder.resolve("RESULTS.md"));
        assertThat(document)
                .contains("Java 17: 17.0.15 (a VM), a machine, commit abc", "dropped while running: 2")
                .contains("java17-round2.json 2.35")
                .contains("Of ours.", "| oneXadd | 8.50 |  | 8.60 |", "charts/java17-calls.svg");
        assertThat(Files.readString(folder.resolve("charts/java17-calls.svg"))).startsWith("<svg").endsWith("</svg>\n");
    }

    private static ToDoubleFunction<Round> gate() {
        return round -> round.call("callGate", 1);
    }

    private static Results results(Round... rounds) {
        return new Results("java17", new Properties(), List.of(rounds));
    }

    private static Round round(String name, double one, double four, double gate) {
        return new Round(name, List.of(call("oneXadd", 1, one), call("oneXadd", 4, four), call("callGate", 1, gate)));
    }

    private static Measurement call(String method, int threads, double score) {
        return new Measurement(
                "TrackedCall." + method, threads, Map.of("callers", "PLATFORM"), score, score, Map.of(), Map.of());
    }

    private static String json(double one, double four) {
        List<String> all = new ArrayList<>();
        for (double[] each : new double[][] {{1, one}, {4, four}}) {
            all.add("""
                    {"benchmark" : "io.nmr.benchmarks.call.TrackedCall.oneXadd", "mode" : "avgt", "threads" : %s,
                     "params" : {"callers" : "PLATFORM"},
                     "primaryMetric" : {"score" : %s, "scoreError" : "NaN", "rawData" : [[%s]]},
                     "secondaryMetrics" : {}}""".formatted((int) each[0], each[1], each[1]));
        }
        return "[" + String.join(", ", all) + "]";
    }
}
