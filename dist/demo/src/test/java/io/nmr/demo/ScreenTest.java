package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void terminal_overwritesTheProgress() {
        Screen screen = screen(true);
        screen.progress("12");
        screen.progress("3");
        screen.line("swap");
        assertThat(printed()).isEqualTo("12\r  \r3\r \rswap\n");
    }

    @Test
    void elsewhere_progressIsALine() {
        Screen screen = screen(false);
        screen.progress("12");
        screen.line("swap");
        screen.wipe();
        assertThat(printed()).isEqualTo("12\nswap\n");
    }

    private Screen screen(boolean terminal) {
        return new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
