package io.nmr.demo;

import io.nmr.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recorder's bundle in the framework, and the history that it writes. */
final class Recording {
    /** The framework property that names the file. */
    static final String FILE = "nmr.demo.history";

    private final Shell shell;
    private final Path file;
    private final Limits limits;

    private Recording(Shell shell, Path file, Limits limits) {
        this.shell = shell;
        this.file = file;
        this.limits = limits;
    }

    static Recording begin(Shell shell, Path recorder, Path file, Limits limits) throws DemoException, InterruptedException {
        Recording recording = new Recording(shell, file, limits);
        long bundle = shell.install(recorder, "the recorder", limits.command());
        recording.silently("start " + bundle);
        return recording;
    }

    /** The command that tells the recorder of a stop or an update before it begins. */
    static String leaves(Bundle provider) {
        return "demo:leaves " + provider.id();
    }

    /** Ends it and has the history checked. */
    HistoryReport end() throws DemoException, InterruptedException {
        silently("demo:end");
        try (Stream<String> lines = Files.lines(file)) {
            return HistoryReport.of(History.parse(lines));
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new DemoException("the recorded history cannot be read: " + e, e);
        }
    }

    private void silently(String command) throws DemoException, InterruptedException {
        List<String> lines = shell.run(command, limits.swap());
        if (!lines.stream().allMatch(String::isBlank)) {
            throw new DemoException("'" + command + "' to the recorder failed: " + Shell.said(lines));
        }
    }
}
