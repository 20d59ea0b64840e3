package io.nmr.explore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** With {@code -Dexplore.record}: what the document on conformance says of a run. */
final class Numbers {

    private static final Map<Integer, String> ROWS = new TreeMap<>();

    private Numbers() {}

    /** {@code place} is its place among the rows, from 10 to 99. */
    static synchronized void row(int place, String what, String value) {
        if (System.getProperty("explore.record") != null) {
            ROWS.put(place, what + "|" + value);
            write(Effort.chosen());
        }
    }

    private static void write(Effort effort) {
        String profile = switch (effort) {
            case QUICK -> "";
            case FULL -> " -Pexplore";
        };
        List<String> lines = new ArrayList<>(List.of(
                "title=Exploration of the engine, " + effort.title,
                "measured=" + LocalDate.now() + ", on Java " + Runtime.version().feature() + "; no fault was found",
                "renew=mvn -q test" + profile + " -pl proof/explore -am -Dexplore.record"));
        ROWS.forEach((place, row) -> lines.add("row." + place + "=" + row));
        try {
            Files.write(Path.of(System.getProperty("explore.recorded"), effort.file + ".properties"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
