package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.demo.FakeFramework.Mode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole demo against a fake framework process, well-behaved and in each way misbehaved. */
class DemoTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void noChildIsLeft() {
        assertThat(ProcessHandle.current().children().map(child -> child.onExit().orTimeout(10, TimeUnit.SECONDS).join()))
                .allMatch(child -> !child.isAlive());
    }

    @Test
    void drained_passes() throws Exception {
        assertThat(demo(Mode.HONEST)).as(this::printed).isEqualTo(Demo.PASSED);
        assertThat(out())
                .contains("    3  1.0.0 -> 2.0.0 ")
                .contains("failures         0\n")
                .contains("swaps            3 of 3");
        assertThat(lastLine()).isEqualTo(
                "PASSED: every request got 200, no call was cut, every swap had calls in progress, every rule held");
        assertThat(out()).containsPattern("history +\\d+ events, 4 bindings, 4 calls: every rule held\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void updated_passesOnOneBundle() throws Exception {
        assertThat(demo(Mode.HONEST, "--update")).as(this::printed).isEqualTo(Demo.PASSED);
        assertThat(out())
                .contains("    3  1.0.0 -> 2.0.0 ")
                .contains("failures         0\n")
                .contains("swaps            3 of 3")
                .contains("callers wait");
    }

    @Test
    void updatedNotDrained_failsAsTheControl() throws Exception {
        assertThat(demo(Mode.HONEST, "--update", "--no-drain")).as(this::printed).isEqualTo(Demo.FAILED);
        assertThat(lastLine()).startsWith("FAILED: ").endsWith("; to show that is what this control is for");
    }

    /** Three updates of a bundle and, before them, the rehearsal with another. */
    static Stream<Arguments> updateFaults() {
        return Stream.of(
                Arguments.of(Mode.NO_RECORD, "FAILED: swaps without a drain record: 3"),
                Arguments.of(Mode.TWICE, "FAILED: problems, see above: 4"),
                Arguments.of(Mode.IDLE, "FAILED: swaps without calls in progress: 3"),
                Arguments.of(Mode.OVERDUE, "FAILED: drains overdue: 4"));
    }

    @ParameterizedTest
    @MethodSource("updateFaults")
    void updateFault_fails(Mode mode, String verdict) throws Exception {
        assertThat(demo(mode, "--update")).as(this::printed).isEqualTo(Demo.FAILED);
        assertThat(lastLine()).isEqualTo(verdict);
    }

    @Test
    void failedUpdate_couldNotRun() throws Exception {
        assertThat(demo(Mode.FAILED_UPDATE, "--update")).as(this::printed).isEqualTo(Demo.COULD_NOT_RUN);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("bundle 5 was not updated to 2.0.0").contains("\n  | ");
    }

    @Test
    void notDrained_failsAsTheControl() throws Exception {
        assertThat(demo(Mode.HONEST, "--no-drain")).as(this::printed).isEqualTo(Demo.FAILED);
        assertThat(out())
                .containsPattern("cut +[1-9]\\d* calls")
                .contains("HTTP 500")
                .containsPattern("rules broken \\d+ times \\(.*O2 3\\)");
        assertThat(lastLine()).startsWith("FAILED: ").endsWith("; to show that is what this control is for");
    }

    /** Three swaps and the rehearsal before them. */
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Mode.NO_RECORD, "FAILED: swaps without a drain record: 3"),
                Arguments.of(Mode.UNREADABLE, "FAILED: swaps without a drain record: 3; problems, see above: 4"),
                Arguments.of(Mode.TWICE, "FAILED: problems, see above: 4"),
                Arguments.of(Mode.IDLE, "FAILED: swaps without calls in progress: 3"),
                Arguments.of(Mode.OVERDUE, "FAILED: drains overdue: 4"),
                Arguments.of(Mode.UNRECORDED, "FAILED: recorded bindings: only 0; no call was recorded"),
                Arguments.of(Mode.STAYING, "FAILED: problems, see above: 1"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void fault_fails(Mode mode, String verdict) throws Exception {
        assertThat(demo(mode)).as(this::printed).isEqualTo(Demo.FAILED);
        assertThat(lastLine()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIES", "MUTE", "NOT_SERVING", "HANGING_STOP", "FAILED_START", "FAILED_INSTALL", "FAILED_RECORDER"})
    void uselessFramework_couldNotRun(Mode mode) throws Exception {
        assertThat(demo(mode)).as(this::printed).isEqualTo(Demo.COULD_NOT_RUN);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("demo: could not run: ").contains("\n  | ");
    }

    @Test
    void brokenRule_failsAndIsShownWithItsEvents() throws Exception {
        assertThat(demo(Mode.BROKEN_RULE)).as(this::printed).isEqualTo(Demo.FAILED);
        assertThat(lastLine()).startsWith("FAILED: rules broken: ");
        assertThat(out())
                .contains("failures         0\n")
                .containsPattern("\n  O2: .* stops with a call in progress\n +\\d+: CALL_BEGIN of ");
    }

    @Test
    void garbledHistory_couldNotRun() throws Exception {
        assertThat(demo(Mode.GARBLED)).as(this::printed).isEqualTo(Demo.COULD_NOT_RUN);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("history cannot be read").contains("no event");
    }

    @Test
    void history_isKeptWhereAskedFor() throws Exception {
        Path kept = folder.resolve("kept");
        assertThat(demo(Mode.HONEST, "--history", kept.toString())).as(this::printed).isEqualTo(Demo.PASSED);
        assertThat(kept).content().contains("CALL_ENTERED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorder.jar", "fake.jar", "io.nmr.sample.provider-2.0.0.jar"})
    void missingFile_couldNotRun(String file) throws Exception {
        FakeDistribution distribution = FakeDistribution.in(folder, Mode.HONEST);
        Files.delete(folder.resolve(file));
        assertThat(run(Limits.DEFAULT, distribution.arguments())).isEqualTo(Demo.COULD_NOT_RUN);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(file + " is missing");
    }

    @Test
    void wrongUsage_explains() throws Exception {
        assertThat(run(Limits.DEFAULT, "--frobnicate")).isEqualTo(Demo.WRONG_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown option '--frobnicate'").contains("exit codes:");
    }

    @Test
    void help_printsUsage() throws Exception {
        assertThat(run(Limits.DEFAULT, "--help")).isEqualTo(Demo.PASSED);
        assertThat(out()).isEqualTo(Options.USAGE);
    }

    private int demo(Mode mode, String... more) throws IOException, InterruptedException {
        String[] options = FakeDistribution.in(folder, mode).arguments("--swaps", "3", "--connections", "8", "--delay", "10");
        return run(limits(mode), Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new));
    }

    private static Limits limits(Mode mode) {
        return new Limits(
                mode == Mode.NOT_SERVING ? SHORT : LONG,
                mode == Mode.MUTE || mode == Mode.STAYING ? SHORT : LONG,
                mode == Mode.HANGING_STOP ? SHORT : LONG,
                mode == Mode.NO_RECORD || mode == Mode.UNREADABLE ? Duration.ofMillis(200) : LONG,
                Duration.ofSeconds(10));
    }

    private int run(Limits limits, String... arguments) throws InterruptedException {
        return new Demo(stream(out), stream(err), false, limits).run(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String lastLine() {
        return out().lines().reduce("", (earlier, later) -> later);
    }

    private String printed() {
        return out() + err.toString(StandardCharsets.UTF_8);
    }
}
