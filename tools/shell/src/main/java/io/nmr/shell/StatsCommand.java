package io.nmr.shell;

import io.nmr.api.runtime.Counters;
import io.nmr.api.runtime.DrainTimes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nmr:stats}. */
@Command(name = "nmr:stats", description = "Shows what has happened since the registrar started.")
final class StatsCommand implements NmrCommand {

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        Stats stats = new Stats(console.runtime().counters(), console.runtime().drainTimes());
        output.print(console.out(), stats, () -> counters(stats.counters()) + drains(stats.drainTimes()));
    }

    private static String counters(Counters counters) {
        return line("offers", counters.offered())
                + line("  refused", counters.refused())
                + line("  attached", counters.attached())
                + line("  detached", counters.detached())
                + line("bindings overdue", counters.overdue())
                + line("  dropped by an operator", counters.dropped())
                + line("modules abandoned", counters.abandoned())
                + line("callbacks that failed", counters.failedCallbacks())
                + line("protocol errors", counters.protocolErrors())
                + line("possible deadlocks", counters.possibleDeadlocks());
    }

    private static String drains(DrainTimes times) {
        String took = times.count() == 0
                ? ""
                : ", median " + Shown.of(times.median()) + ", 99 % within " + Shown.of(times.percentile99())
                        + ", longest " + Shown.of(times.longest());
        return line("drains", times.count() + took);
    }

    private static String line(String what, Object value) {
        return String.format("%-26s%s%n", what, value);
    }

    /** What is shown. */
    record Stats(Counters counters, DrainTimes drainTimes) {}
}
