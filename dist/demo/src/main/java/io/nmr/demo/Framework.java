package io.nmr.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The distribution in a process of its own, which ends with the demo whatever happens. */
final class Framework implements AutoCloseable {
    private static final String ONE_LINE = "-Djava.util.logging.SimpleFormatter.format=%1$tT.%1$tL %4$s %5$s%6$s%n";

    /** How long a call waits for a provider while one is updated; otherwise there always is one, and none may wait. */
    private static final int PATIENCE = 5_000;

    private final Process process;
    private final Output output = new Output();
    private final Shell shell;
    private final List<Thread> readers;
    private final Thread atExit;

    private Framework(Process process) {
        this.process = process;
        shell = new Shell(process.getOutputStream(), output);
        readers = List.of(
                reader("framework output", process.getInputStream(), output::printed, output::ended),
                reader("framework log", process.getErrorStream(), output::logged, () -> {}));
        atExit = new Thread(process::destroyForcibly, "end of the framework");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static Framework start(Options options, int port, Path history) throws DemoException {
        try {
            return new Framework(new ProcessBuilder(command(options, port, history)).start());
        } catch (IOException e) {
            throw new DemoException("the framework does not start: " + e.getMessage(), e);
        }
    }

    static List<String> command(Options options, int port, Path history) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dnmr.sample.port=" + port);
        command.add("-Dnmr.sample.delay=" + options.delay());
        command.add("-Dnmr.sample.patience=" + (options.update() ? PATIENCE : 0));
        command.add("-D" + Recording.FILE + "=" + history);
        if (!options.drain()) {
            command.add("-Dnmr.detach.timeout=0");
        }
        command.add(ONE_LINE);
        command.add("-jar");
        command.add(options.dist().toString());
        return command;
    }

    private static Thread reader(String name, InputStream in, Consumer<String> lines, Runnable end) {
        Thread thread = new Thread(() -> read(in, lines, end), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void read(InputStream in, Consumer<String> lines, Runnable end) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines);
        } catch (IOException | UncheckedIOException e) {
            lines.accept("(output lost: " + e.getMessage() + ")");
        } finally {
            end.run();
        }
    }

    long pid() {
        return process.pid();
    }

    Shell shell() {
        return shell;
    }

    Drains drains() {
        return output.drains();
    }

    String lastLines() {
        return output.last();
    }

    /** Waits for its end. */
    boolean endsWithin(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends it by its own shell and tells whether it did in time, and gracefully. */
    boolean exit(Duration timeout) throws DemoException, InterruptedException {
        shell.type("exit 0");
        return endsWithin(timeout) && joined(timeout) && process.exitValue() == 0;
    }

    private boolean joined(Duration timeout) throws InterruptedException {
        for (Thread reader : readers) {
            reader.join(timeout.toMillis());
        }
        return readers.stream().noneMatch(Thread::isAlive);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the demo itself is being ended
        }
    }
}
