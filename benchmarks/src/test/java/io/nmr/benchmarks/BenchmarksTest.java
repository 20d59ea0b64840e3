package io.nmr.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That the benchmarks run; what they measure here means nothing. */
class BenchmarksTest {

    private static final int BENCHMARKS = 11;

    @Test
    void everyBenchmarkRuns() throws Exception {
        // JMH allows itself once per machine, and somebody may be measuring
        System.setProperty("jmh.ignoreLock", "true");
        assertThat(new Runner(once()).run()).hasSize(BENCHMARKS);
    }

    private static Options once() {
        return new OptionsBuilder()
                .include("io\\.nmr\\.benchmarks\\..*")
                .threads(2)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(50))
                .timeout(TimeValue.seconds(10))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }
}
