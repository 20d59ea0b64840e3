package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.history.Violation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each condition alone decides the exit code. */
class OutcomeTest {
    private static final Bundle OLD = new Bundle(5, "Active", Provider.NAME, "1.0.0");
    private static final Bundle NEW = new Bundle(9, "Active", Provider.NAME, "2.0.0");
    private static final HistoryReport HELD = new HistoryReport(90, 2, 40, List.of());
    private static final HistoryReport BROKEN = new HistoryReport(90, 2, 40, List.of(
            new Violation("O2", "stops with a call", List.of()), new Violation("C2", "not cleaned up", List.of()),
            new Violation("O2", "stops with another", List.of())));
    private static final Tally.Snapshot GOOD = tally(1_000, 0, 0);

    @Test
    void allHolds_passes() {
        Outcome outcome = new Outcome(true, 1, List.of(swap(drain(5, 31))), GOOD, 0, HELD, List.of());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.verdict()).startsWith("PASSED: ");
    }

    static Stream<Arguments> failing() {
        List<SwapReport> good = List.of(swap(drain(5, 31)));
        return Stream.of(
                Arguments.of(new Outcome(true, 1, good, tally(0, 0, 0), 0, HELD, List.of()), "no request was made"),
                Arguments.of(new Outcome(true, 1, good, tally(1_000, 2, 0), 0, HELD, List.of()), "requests failed: 2 of 1000"),
                Arguments.of(new Outcome(true, 1, good, tally(1_000, 0, 3), 0, HELD, List.of()), "calls cut: 3"),
                Arguments.of(new Outcome(true, 2, good, GOOD, 0, HELD, List.of()), "swaps made: only 1 of 2"),
                Arguments.of(new Outcome(true, 1, List.of(swap(Optional.empty())), GOOD, 0, HELD, List.of()),
                        "swaps without a drain record: 1"),
                Arguments.of(new Outcome(true, 1, List.of(swap(drain(6, 31))), GOOD, 0, HELD, List.of()),
                        "swaps with a wrong drain record: 1"),
                Arguments.of(new Outcome(true, 1, List.of(swap(drain(5, 0))), GOOD, 0, HELD, List.of()),
                        "swaps without calls in progress: 1"),
                Arguments.of(new Outcome(true, 1, good, GOOD, 1, HELD, List.of()), "drains overdue: 1"),
                Arguments.of(new Outcome(true, 1, good, GOOD, 0, HELD, List.of("a caller did not end")),
                        "problems, see above: 1"),
                Arguments.of(new Outcome(true, 1, good, GOOD, 0, new HistoryReport(90, 1, 40, List.of()), List.of()),
                        "recorded bindings: only 1"),
                Arguments.of(new Outcome(true, 1, good, GOOD, 0, new HistoryReport(90, 2, 0, List.of()), List.of()),
                        "no call was recorded"),
                Arguments.of(new Outcome(true, 1, good, GOOD, 0, BROKEN, List.of()), "rules broken: 3 times"));
    }

    @ParameterizedTest
    @MethodSource("failing")
    void oneDoesNotHold_fails(Outcome outcome, String reason) {
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.reasons()).containsExactly(reason);
        assertThat(outcome.verdict()).isEqualTo("FAILED: " + reason);
    }

    @Test
    void control_withCutCalls_failsAndSaysThatItIsTo() {
        Outcome outcome = new Outcome(false, 1, List.of(swap(drain(5, 31))), tally(1_000, 31, 31), 1, BROKEN, List.of());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.verdict())
                .isEqualTo("FAILED: requests failed: 31 of 1000; calls cut: 31; rules broken: 3 times; "
                        + "to show that is what this control is for");
    }

    @Test
    void control_whoseHistoryHolds_saysThatTheCheckerShowsNothing() {
        Outcome outcome = new Outcome(false, 1, List.of(swap(drain(5, 31))), tally(1_000, 31, 31), 1, HELD, List.of());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.verdict())
                .endsWith("calls cut: 31; but every rule held, so this control shows nothing of the checker");
    }

    @Test
    void history_isCountedByRule() {
        assertThat(HELD.line()).isEqualTo("90 events, 2 bindings, 40 calls: every rule held");
        assertThat(BROKEN.line()).isEqualTo("90 events, 2 bindings, 40 calls: rules broken 3 times (C2 1, O2 2)");
        assertThat(BROKEN.examples()).extracting(Violation::explanation).containsExactly("not cleaned up", "stops with a call");
    }

    @Test
    void control_withoutCutCalls_saysThatItShowsNothing() {
        Outcome outcome = new Outcome(false, 1, List.of(swap(drain(5, 31))), GOOD, 1, HELD, List.of());
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.verdict()).isEqualTo("PASSED; but no call was cut, so this control shows nothing");
    }

    @Test
    void summary_listsKindsAndProblemsAndFits() {
        Tally.Snapshot tally = new Tally.Snapshot(
                1_000, 33, 31, Map.of("HTTP 500", 31L, "EOFException", 2L), 50_123, 61_000, 123_456);
        Outcome outcome = new Outcome(true, 1, List.of(swap(drain(5, 31))), tally, 0, HELD, List.of("odd"));
        List<String> lines = new Summary(outcome).lines();
        assertThat(lines).allMatch(line -> line.length() <= 100).contains(
                "failures         33 (2 EOFException, 31 HTTP 500)",
                "latency          p50 50.1 ms, p99 61.0 ms, longest 123.5 ms",
                "drain times      shortest 48 ms, median 48 ms, longest 48 ms",
                "problem          odd");
    }

    @Test
    void swapLine_fitsItsHeading() {
        assertThat(swap(drain(5, 31)).line()).hasSameSizeAs(SwapReport.HEADING).contains("1.0.0 -> 2.0.0").contains("48 ms");
        assertThat(swap(Optional.empty()).line()).contains("no record");
    }

    private static SwapReport swap(Optional<DrainRecord> drain) {
        return new SwapReport(1, OLD, NEW, drain, 500, 0);
    }

    private static Optional<DrainRecord> drain(long bundle, long calls) {
        return Optional.of(new DrainRecord(Provider.NAME, "1.0.0", bundle, false, 48, calls));
    }

    private static Tally.Snapshot tally(long requests, long failed, long cut) {
        return new Tally.Snapshot(requests, failed, cut, Map.of(), 50_000, 60_000, 70_000);
    }
}
