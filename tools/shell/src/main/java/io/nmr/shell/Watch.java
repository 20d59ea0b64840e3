package io.nmr.shell;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Draws a picture again and again, until there is none, the time is over, or the user has enough. */
final class Watch {

    /** Home, and clear what is below. */
    private static final String AGAIN = "\u001b[H\u001b[J";

    private static final long PERIOD = 500;

    private final PrintStream out;
    private final Terminal terminal;

    Watch(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Watches. An interrupt ends it, and stays set.
     *
     * @param bound for how long at most
     * @param picture what to draw, or empty at the end
     * @return whether the end came
     */
    boolean until(Duration bound, Supplier<Optional<String>> picture) {
        long deadline = System.nanoTime() + bound.toNanos();
        boolean draws = terminal.isThere();
        while (true) {
            Optional<String> drawn = picture.get();
            if (drawn.isEmpty()) {
                return true;
            }
            out.print(draws ? AGAIN + drawn.get() + "Enter ends this." + System.lineSeparator() : drawn.get());
            out.flush();
            if (System.nanoTime() - deadline >= 0 || draws && terminal.hasKey() || !pause()) {
                return false;
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PERIOD);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
