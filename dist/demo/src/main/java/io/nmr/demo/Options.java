package io.nmr.demo;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** What the command line asks for. Port 0 stands for a free one. */
record Options(
        Path dist,
        Path providers,
        Path recorder,
        Optional<Path> history,
        boolean drain,
        boolean update,
        int port,
        int swaps,
        int connections,
        int delay) {

    static final String USAGE = """
            usage: ./run demo [--update] [--no-drain] [--port N] [--swaps N] [--connections N] [--delay MS]
                              [--history FILE]

            Starts the distribution, sends it HTTP load and swaps the sample's provider 1.0 -> 2.0 -> 1.0 ...
            by installing the other version and stopping the old one, with calls in progress each time.

              --update         updates the provider in place instead: with none to call, callers wait
              --no-drain       the control: the same with the draining switched off, either way; it is to fail
              --port N         port of the HTTP gateway on loopback (default: a free one)
              --swaps N        how many swaps (default 20)
              --connections N  how many connections send requests (default 32)
              --delay MS       how long the provider takes for one lookup (default 250)
              --history FILE   keeps the recorded history there, an event a line
              --dist FILE      the distribution, nmr.jar (./run sets it)
              --providers DIR  both versions of the provider's bundle (./run sets it)
              --recorder FILE  the bundle that records the history (./run sets it)
              --help           this text

            exit codes:
              0  passed: every request got 200, no call was cut, each swap had calls in progress,
                 none overdue, and the history breaks no rule
              1  failed: something of that did not hold; the last line says what
              2  wrong usage
              3  the demo could not run: the framework did not start, or did not answer
            """;

    static Options parse(String... arguments) throws UsageException {
        Builder builder = new Builder();
        Deque<String> left = new ArrayDeque<>(Arrays.asList(arguments));
        while (!left.isEmpty()) {
            builder.take(left.remove(), left);
        }
        return builder.build();
    }

    private static final class Builder {
        private Path dist;
        private Path providers;
        private Path recorder;
        private Optional<Path> history = Optional.empty();
        private boolean drain = true;
        private boolean update;
        private int port;
        private int swaps = 20;
        private int connections = 32;
        private int delay = 250;

        void take(String option, Deque<String> left) throws UsageException {
            switch (option) {
                case "--no-drain" -> drain = false;
                case "--update" -> update = true;
                case "--dist" -> dist = Path.of(value(option, left));
                case "--providers" -> providers = Path.of(value(option, left));
                case "--recorder" -> recorder = Path.of(value(option, left));
                case "--history" -> history = Optional.of(Path.of(value(option, left)));
                case "--port" -> port = number(option, left, 1, 65_535);
                case "--swaps" -> swaps = number(option, left, 1, 100_000);
                case "--connections" -> connections = number(option, left, 1, 1_000);
                case "--delay" -> delay = number(option, left, 0, 5_000);
                default -> throw new UsageException("unknown option '" + option + "'");
            }
        }

        Options build() throws UsageException {
            require("--dist", dist);
            require("--providers", providers);
            require("--recorder", recorder);
            return new Options(dist, providers, recorder, history, drain, update, port, swaps, connections, delay);
        }

        private static String value(String option, Deque<String> left) throws UsageException {
            if (left.isEmpty()) {
                throw new UsageException(option + " takes a value");
            }
            return left.remove();
        }

        private static int number(String option, Deque<String> left, int least, int most) throws UsageException {
            String value = value(option, left);
            if (!value.matches("[0-9]{1,9}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
                throw new UsageException(option + " takes a number from " + least + " to " + most + ", not '" + value + "'");
            }
            return Integer.parseInt(value);
        }

        private static void require(String option, Path value) throws UsageException {
            if (value == null) {
                throw new UsageException(option + " is missing; ./run demo sets it");
            }
        }
    }
}
