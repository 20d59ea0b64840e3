package io.nmr.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Karaf's log file, from a line on. */
final class KarafLog {

    private final Path file;
    private final long skipped;

    private KarafLog(Path file, long skipped) {
        this.file = file;
        this.skipped = skipped;
    }

    static KarafLog whole(Path file) {
        return new KarafLog(file, 0);
    }

    /** The log of the Karaf that this runs in, without what it holds already. */
    static KarafLog fromHere() {
        Path file = Path.of(System.getProperty("karaf.log"), "karaf.log");
        return new KarafLog(file, whole(file).lines().size());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> all(String code) {
        return lines().stream().skip(skipped).filter(line -> line.contains(code)).toList();
    }

    String await(String code, Predicate<String> which) {
        Await.until("a record " + code, () -> all(code).stream().anyMatch(which), () -> all(code));
        return all(code).stream().filter(which).findFirst().orElseThrow();
    }
}
