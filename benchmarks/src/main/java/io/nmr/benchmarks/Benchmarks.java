package io.nmr.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark in rounds, a fork of each with 1, 2 and 4 threads in a round, so that the ratios of a round are
 * of one and the same quarter of an hour; keeps the calm rounds, and prints their medians.
 */
public final class Benchmarks {

    private static final int[] THREADS = {1, 2, 4};
    private static final TimeValue ITERATION = TimeValue.milliseconds(200);

    private Benchmarks() {}

    /** Arguments: {@code quick} or {@code full}, and the folder that the results of the calm rounds go to. */
    public static void main(String[] arguments) throws RunnerException, IOException {
        boolean full = arguments.length > 0 && arguments[0].equals("full");
        Path results = Path.of(arguments.length > 1 ? arguments[1] : "benchmarks/target/results");
        List<Round> calm = full ? run(3, 12, 4, results) : run(1, 3, 2, results);
        System.out.print(new Report(calm));
        if (calm.isEmpty()) {
            System.exit(1);
        }
    }

    private static List<Round> run(int wanted, int most, int iterations, Path results)
            throws RunnerException, IOException {
        List<Round> calm = new ArrayList<>();
        for (int i = 1; i <= most && calm.size() < wanted; i++) {
            Collection<RunResult> measured = measure(iterations);
            Round round = new Round(measured);
            System.out.println("Round " + i + ": " + round);
            if (round.isCalm()) {
                calm.add(round);
                write(measured, results, "java" + Runtime.version().feature() + "-round" + calm.size() + ".json");
            }
        }
        return calm;
    }

    private static Collection<RunResult> measure(int iterations) throws RunnerException {
        List<RunResult> measured = new ArrayList<>();
        for (int threads : THREADS) {
            measured.addAll(new Runner(options(threads, iterations)).run());
        }
        return measured;
    }

    private static Options options(int threads, int iterations) {
        return new OptionsBuilder()
                .include("io\\.nmr\\.benchmarks\\..*")
                .threads(threads)
                .forks(1)
                .warmupIterations(iterations)
                .warmupTime(ITERATION)
                .measurementIterations(iterations)
                .measurementTime(ITERATION)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
    }

    private static void write(Collection<RunResult> measured, Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, file.toString()).writeOut(measured);
        // JMH writes where its Java and its jars are: of no use to a reader, and different on each machine
        Files.writeString(
                file, Files.readString(file).replaceAll("(?s)\"(jvm|jvmArgs)\" : (\"[^\"]*\"|\\[.*?]),\\s*", ""));
    }
}
