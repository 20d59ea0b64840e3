package io.nmr.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The framework's Gogo shell, driven as by hand: a command line is typed, then an {@code echo} of a marker, whose
 * line ends the command's output.
 *
 * <p>Threading: one thread at a time.
 */
final class Shell {
    private static final Pattern INSTALLED = Pattern.compile("Bundle ID: (\\d{1,18})");

    private final OutputStream keyboard;
    private final Output output;
    private int commands;

    Shell(OutputStream keyboard, Output output) {
        this.keyboard = keyboard;
        this.output = output;
    }

    /** What the command printed. */
    List<String> run(String command, Duration timeout) throws DemoException, InterruptedException {
        String marker = "nmr-demo-" + ++commands;
        type(command);
        type("echo " + marker);
        try {
            return until(marker, Deadline.in(timeout));
        } catch (DemoException e) {
            throw new DemoException("'" + command + "': " + e.getMessage(), e);
        }
    }

    /**
     * Installs a bundle and returns its id.
     *
     * @param what names it, should that fail
     */
    long install(Path jar, String what, Duration timeout) throws DemoException, InterruptedException {
        List<String> lines = run("install '" + location(jar) + "'", timeout);
        return lines.stream()
                .map(INSTALLED::matcher)
                .filter(Matcher::matches)
                .map(id -> Long.parseLong(id.group(1)))
                .findFirst()
                .orElseThrow(() -> new DemoException(what + " was not installed: " + said(lines)));
    }

    /** How its commands name a file. */
    static String location(Path jar) {
        return jar.toAbsolutePath().toUri().toString().replace("'", "%27");
    }

    /** For messages. */
    static String said(List<String> lines) {
        return lines.isEmpty() ? "the shell said nothing" : "the shell said\n  | " + String.join("\n  | ", lines);
    }

    void type(String command) throws DemoException {
        try {
            keyboard.write((command + "\n").getBytes(StandardCharsets.UTF_8));
            keyboard.flush();
        } catch (IOException e) {
            throw new DemoException("'" + command + "': the framework does not listen" + output.last(), e);
        }
    }

    private List<String> until(String marker, Deadline deadline) throws DemoException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line = output.next(deadline); !line.equals(marker); line = output.next(deadline)) {
            lines.add(line);
        }
        return lines;
    }
}
