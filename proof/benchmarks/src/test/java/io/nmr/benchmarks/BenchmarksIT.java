package io.nmr.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That every benchmark runs, from the jar and each once; what they measure here means nothing. */
class BenchmarksIT {

    private static final long LONGEST_MINUTES = 5;
    private static final Pattern MEASURED = Pattern.compile("\"benchmark\" : \"io\\.nmr\\.benchmarks\\.\\w+\\.(\\w+\\.\\w+)\"");
    private static final List<String> ON_ANY_JAVA = List.of(
            "TrackedCall.direct",
            "TrackedCall.oneXadd",
            "TrackedCall.atomicLong",
            "TrackedCall.synchronizedCounter",
            "TrackedCall.readWriteLock",
            "TrackedCall.stampedLock",
            "TrackedCall.semaphore",
            "TrackedCall.phaser",
            "TrackedCall.callGate",
            "TrackedCall.callGateContendedBefore",
            "TrackedCall.handWrittenGuard",
            "TrackedCall.generatedGuard",
            "TrackedCall.proxyGuard",
            "TrackedCall.clientCall",
            "RefusedCall.refusedByCallGate",
            "RefusedCall.refusedByAtomicLong",
            "RefusedCall.refusedBySynchronizedCounter",
            "RefusedCall.refusedByReadWriteLock",
            "Pair.client",
            "Pair.provider",
            "Deregistration.deregister",
            "PublishedPair.pair",
            "BundleStop.withoutCall",
            "BundleStop.afterLastCall",
            "FrameworkStop.withoutCalls",
            "FrameworkStop.afterLastCall",
            "BindingFootprint.count",
            "DrainUnderLoad.client",
            "DrainUnderLoad.keptDispatch");

    @TempDir
    private Path folder;

    @Test
    void everyBenchmarkRuns() throws Exception {
        Path log = folder.resolve("log");
        Process benchmarks = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djmh.ignoreLock=true", // JMH allows itself once per machine, and somebody may be measuring
                        "-jar",
                        System.getProperty("benchmarks.jar"),
                        "smoke",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(benchmarks.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).as("ended").isTrue();
        } finally {
            benchmarks.destroyForcibly();
        }
        assertThat(benchmarks.exitValue()).as(Files.readString(log)).isZero();
        assertThat(measured()).containsAll(ON_ANY_JAVA);
    }

    private List<String> measured() throws Exception {
        Path results = folder.resolve("java" + Runtime.version().feature() + "-round1.json");
        return MEASURED.matcher(Files.readString(results)).results().map(match -> match.group(1)).toList();
    }
}
