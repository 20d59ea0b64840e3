package io.nmr.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The framework's Gogo shell, driven as by hand: a command line is typed, then an {@code echo} of a marker, whose
 * line ends the command's output.
 *
 * <p>Threading: one thread at a time.
 */
final class Shell {
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
