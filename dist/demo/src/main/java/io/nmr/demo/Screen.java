package io.nmr.demo;

import java.io.PrintStream;

/**
 * Lines that stay, and on a terminal below them one that is overwritten.
 *
 * <p>Threading: any thread; its monitor keeps lines whole.
 */
final class Screen {
    private final PrintStream out;
    private final boolean terminal;
    private int shown;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    boolean terminal() {
        return terminal;
    }

    synchronized void line(String text) {
        wipe();
        out.println(text);
        out.flush();
    }

    synchronized void progress(String text) {
        if (!terminal) {
            line(text);
            return;
        }
        wipe();
        out.print(text);
        out.flush();
        shown = text.length();
    }

    synchronized void wipe() {
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            out.flush();
            shown = 0;
        }
    }
}
