package io.nmr.demo;

import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Swaps the sample's provider under HTTP load; the exit code tells whether the draining held. */
final class Demo {
    static final int PASSED = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int COULD_NOT_RUN = 3;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final Limits limits;

    Demo(PrintStream out, PrintStream err, boolean terminal, Limits limits) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.limits = limits;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Demo(System.out, System.err, onTerminal(), Limits.DEFAULT).run(arguments));
    }

    /** Since Java 22 there is a {@link Console} without a terminal too, unless asked otherwise. */
    private static boolean onTerminal() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    int run(String... arguments) throws InterruptedException {
        if (Arrays.asList(arguments).contains("--help")) {
            out.print(Options.USAGE);
            return PASSED;
        }
        try {
            return play(Options.parse(arguments));
        } catch (UsageException e) {
            err.println("demo: " + e.getMessage());
            err.print(Options.USAGE);
            return WRONG_USAGE;
        } catch (DemoException e) {
            err.println("demo: could not run: " + e.getMessage());
            return COULD_NOT_RUN;
        }
    }

    private int play(Options options) throws DemoException, InterruptedException {
        requireBuilt(options);
        Screen screen = new Screen(out, terminal);
        Outcome outcome = new Trial(options, screen, limits).play();
        screen.line("");
        new Summary(outcome).lines().forEach(screen::line);
        return outcome.exitCode();
    }

    private static void requireBuilt(Options options) throws DemoException {
        requireFile(options.dist());
        requireFile(options.recorder());
        var missing = Provider.missing(options.providers());
        if (missing.isPresent()) {
            requireFile(missing.get());
        }
    }

    private static void requireFile(Path file) throws DemoException {
        if (!Files.isRegularFile(file)) {
            throw new DemoException(file + " is missing; ./run demo builds it");
        }
    }
}
