package io.nmr.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What the framework prints: its shell's lines for whoever waits for them, drain records, and the last lines of all. */
final class Output {
    private static final int KEPT = 15;

    private final Drains drains = new Drains();
    private final BlockingQueue<Optional<String>> shell = new LinkedBlockingQueue<>();
    private final Deque<String> last = new ArrayDeque<>();

    Drains drains() {
        return drains;
    }

    void printed(String line) {
        logged(line);
        shell.add(Optional.of(line));
    }

    void logged(String line) {
        keep(line);
        drains.line(line);
    }

    /** No more shell lines. */
    void ended() {
        shell.add(Optional.empty());
    }

    /** The next line of the shell without its prompts. */
    String next(Deadline deadline) throws DemoException, InterruptedException {
        Optional<String> line = shell.poll(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new DemoException("no answer from the framework in time" + last());
        }
        if (line.isEmpty()) {
            ended();
            throw new DemoException("the framework ended" + last());
        }
        return line.get().replaceFirst("^(g! )+", "");
    }

    private void keep(String line) {
        synchronized (last) {
            last.add(line);
            if (last.size() > KEPT) {
                last.remove();
            }
        }
    }

    /** The last lines, each on a line of its own. */
    String last() {
        synchronized (last) {
            return last.isEmpty() ? "; it printed nothing" : "; its last lines:\n  | " + String.join("\n  | ", last);
        }
    }
}
