package io.nmr.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How much is tried, and where it is reported. */
enum Effort {
    /** On every build. */
    QUICK("as on every build", "explore-1-quick", 600, 25_000),
    /** With {@code -Pexplore}. */
    FULL("the long form", "explore-2-long", 20_000, 1_000_000);

    final String title;
    /** Where it is recorded. */
    final String file;
    /** The most schedules of one scenario that are tried exhaustively. */
    final int schedules;
    /** The schedules tried at random. */
    final int random;

    Effort(String title, String file, int schedules, int random) {
        this.title = title;
        this.file = file;
        this.schedules = schedules;
        this.random = random;
    }

    static Effort chosen() {
        return switch (System.getProperty("explore.effort")) {
            case "quick" -> QUICK;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException("explore.effort: quick or full was expected, not "
                    + System.getProperty("explore.effort"));
        };
    }

    /** The first of the seeds: the same on every build, another in each full run; {@code -Dexplore.seed=N} repeats one. */
    long seed() {
        return Long.getLong("explore.seed", this == QUICK ? 1 : System.nanoTime());
    }

    /** Adds a line to the report. */
    static void report(String line) {
        System.out.println(line);
        try {
            Path results = Files.createDirectories(Path.of(System.getProperty("explore.results")));
            Files.writeString(results.resolve("report.txt"), line + System.lineSeparator(),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
