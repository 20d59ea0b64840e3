package io.nmr.shell;

import java.time.Duration;
import org.osgi.framework.Bundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nmr:swap}. */
@Command(
        name = "nmr:swap",
        description = {
            "Puts a provider bundle in another's place, under load.",
            "",
            "Starts NEW, waits until it provides what OLD does and every client of OLD is attached to it, then stops OLD,"
                    + " which drains it. If NEW does not start, is refused by a client, or lacks a client when the time is"
                    + " over, NEW is stopped again and OLD serves as before. Once OLD has begun to stop, nothing is undone."
        })
final class SwapCommand implements NmrCommand {

    private static final int LONGEST = 3_600;

    @Parameters(index = "0", paramLabel = "OLD", description = "The bundle that goes: its id, its symbolic name, or name:version.")
    String old;

    @Parameters(index = "1", paramLabel = "NEW", description = "The bundle that comes: installed, not started; named likewise.")
    String fresh;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long it may take in all (default 60, up to 3600). To undo it may take as long again.")
    int seconds;

    @Mixin
    OutputOptions output;

    @Override
    public void run(Console console) {
        if (seconds < 1 || seconds > LONGEST) {
            throw new IllegalArgumentException("--timeout takes 1 to " + LONGEST + " seconds, not " + seconds);
        }
        InstalledBundles bundles = new InstalledBundles(console.bundles());
        Bundle from = bundles.named(new BundleName(old));
        Bundle to = bundles.named(new BundleName(fresh));
        SwapReport report = new Swap(console.runtime(), console.bundles(), from, to, Duration.ofSeconds(seconds)).run();
        output.print(console.out(), report, report::toString);
    }
}
