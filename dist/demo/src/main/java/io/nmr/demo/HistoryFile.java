package io.nmr.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the history is written: a file to keep, or one that goes with the demo. */
final class HistoryFile implements AutoCloseable {
    private final Path path;
    private final boolean kept;

    private HistoryFile(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
    }

    static HistoryFile of(Optional<Path> kept) throws DemoException {
        try {
            return new HistoryFile(
                    kept.isPresent() ? kept.get() : Files.createTempFile("nmr-demo", ".history"), kept.isPresent());
        } catch (IOException e) {
            throw new DemoException("no file for the history: " + e, e);
        }
    }

    Path path() {
        return path.toAbsolutePath();
    }

    @Override
    public void close() throws DemoException {
        try {
            if (!kept) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new DemoException("the file of the history stays: " + e, e);
        }
    }
}
