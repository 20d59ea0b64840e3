package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packed demo against the real distribution. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoIT {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void drained_passesWithoutOneFailure() throws Exception {
        assertThat(demo()).as(this::printed).isEqualTo(Demo.PASSED);
        assertThat(printed()).contains("failures         0\n").contains("swaps            4 of 4").contains("\nPASSED: ")
                .containsPattern("history +\\d+ events, 5 bindings, [1-9]\\d* calls: every rule held\n");
    }

    @Test
    void notDrained_cutsCallsAndFails() throws Exception {
        assertThat(demo("--no-drain")).as(this::printed).isEqualTo(Demo.FAILED);
        assertThat(printed()).containsPattern("cut +[1-9]\\d* calls")
                .containsPattern("history .*: rules broken [1-9]\\d* times \\(.*O2 [1-9]")
                .contains("to show that is what this control is for");
    }

    /** With none to call in between, callers wait. */
    @Test
    void updated_passesWithoutOneFailure() throws Exception {
        assertThat(demo("--update")).as(this::printed).isEqualTo(Demo.PASSED);
        assertThat(printed()).contains("failures         0\n").contains("swaps            4 of 4").contains("\nPASSED: ")
                .containsPattern("history +\\d+ events, 5 bindings, [1-9]\\d* calls: every rule held\n");
    }

    @Test
    void updatedNotDrained_cutsCallsAndFails() throws Exception {
        assertThat(demo("--update", "--no-drain")).as(this::printed).isEqualTo(Demo.FAILED);
        assertThat(printed()).containsPattern("cut +[1-9]\\d* calls")
                .containsPattern("history .*: rules broken [1-9]\\d* times \\(.*O2 [1-9]")
                .contains("to show that is what this control is for");
    }

    private int demo(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", System.getProperty("io.nmr.demo.jar"),
                "--dist", System.getProperty("io.nmr.dist.jar"), "--providers", System.getProperty("io.nmr.providers.dir"),
                "--recorder", System.getProperty("io.nmr.recorder.jar"),
                "--swaps", "4", "--connections", "8", "--delay", "400"));
        command.addAll(List.of(more));
        Process demo = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            demo.getInputStream().transferTo(printed);
            return demo.waitFor();
        } finally {
            demo.destroy();
        }
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
