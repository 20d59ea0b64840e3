package io.nmr.shell;

import java.io.PrintStream;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options of each command that prints something. */
final class OutputOptions {

    @Option(names = "--json", description = "Print JSON: durations in milliseconds, times in UTC.")
    boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Print this.")
    boolean help;

    /** Prints the value itself, or the text made of it. */
    void print(PrintStream out, Object value, Supplier<String> text) {
        out.print(json ? Json.of(value) + System.lineSeparator() : text.get());
        out.flush();
    }
}
