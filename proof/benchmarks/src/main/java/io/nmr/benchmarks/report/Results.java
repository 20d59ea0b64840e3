package io.nmr.benchmarks.report;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The rounds of one Java version, and what they were measured on. */
public final class Results {

    private static final String RUN = "-run.properties";

    private final String java;
    private final Properties run;
    private final List<Round> kept;
    private final List<Round> rejected;

    Results(String java, Properties run, List<Round> rounds) {
        this.java = java;
        this.run = run;
        this.kept = rounds.stream().filter(round -> Unrest.isCalm(round.unrest())).toList();
        this.rejected = rounds.stream().filter(round -> !Unrest.isCalm(round.unrest())).toList();
    }

    /** Those of every version in this folder, the oldest first. */
    public static List<Results> readAll(Path folder) throws IOException {
        List<Results> all = new ArrayList<>();
        for (Path file : files(folder, "*" + RUN)) {
            String java = file.getFileName().toString().replace(RUN, "");
            List<Round> rounds = new ArrayList<>();
            for (Path round : files(folder, java + "-round*.json")) {
                rounds.add(Round.read(round));
            }
            all.add(new Results(java, properties(file), rounds));
        }
        return all;
    }

    private static List<Path> files(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            List<Path> sorted = new ArrayList<>();
            files.forEach(sorted::add);
            sorted.sort(null);
            return sorted;
        }
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    /** Such as {@code Java 17}. */
    String name() {
        return java.replace("java", "Java ");
    }

    String of(String key) {
        return run.getProperty(key, "unknown");
    }

    List<Round> kept() {
        return kept;
    }

    List<Round> rejected() {
        return rejected;
    }

    /** The median over the rounds that have it; empty if none has. */
    OptionalDouble median(ToDoubleFunction<Round> figure) {
        double[] sorted = kept.stream().flatMap(round -> ifThere(round, figure)).mapToDouble(Double::doubleValue)
                .sorted().toArray();
        return Arrays.stream(sorted).skip(Math.max(0, (sorted.length - 1) / 2)).limit(2 - sorted.length % 2).average();
    }

    /** The smallest and the largest of the rounds that have it. */
    DoubleStream range(ToDoubleFunction<Round> figure) {
        return kept.stream().flatMap(round -> ifThere(round, figure)).mapToDouble(Double::doubleValue);
    }

    private static Stream<Double> ifThere(Round round, ToDoubleFunction<Round> figure) {
        try {
            return Stream.of(figure.applyAsDouble(round));
        } catch (NoSuchElementException e) {
            return Stream.empty();
        }
    }
}
