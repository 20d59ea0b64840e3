package io.nmr.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nmr.api.runtime.DrainSnapshot;
import io.nmr.api.runtime.FakeRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private boolean watch(Terminal terminal, Duration bound, String... pictures) {
        Iterator<String> next = List.of(pictures).iterator();
        return new Watch(new PrintStream(printed, true, StandardCharsets.UTF_8), terminal)
                .until(bound, () -> next.hasNext() ? Optional.of(next.next()) : Optional.empty());
    }

    private static Terminal terminal(boolean key) {
        return new Terminal() {
            @Override
            public boolean isThere() {
                return true;
            }

            @Override
            public boolean hasKey() {
                return key;
            }
        };
    }

    @Test
    void redrawsUntilThereIsNone_withoutControlSequencesIntoAFile() {
        assertThat(watch(Typed.NoTerminal.INSTANCE, Duration.ofMinutes(1), "one\n", "two\n")).isTrue();
        assertThat(printed).hasToString("one\ntwo\n");
    }

    @Test
    void terminal_isRedrawn_andEndsByAKey() {
        assertThat(watch(terminal(true), Duration.ofMinutes(1), "one\n", "two\n")).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("\u001b[H\u001b[Jone").doesNotContain("two");
    }

    @Test
    void bound_ends() {
        assertThat(watch(terminal(false), Duration.ZERO, "one\n", "two\n")).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("two");
    }

    @Test
    void interrupt_ends_andStays() {
        Thread.currentThread().interrupt();
        assertThat(watch(terminal(false), Duration.ofMinutes(1), "one\n", "two\n")).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void drains_areWatchedUntilTheyEnd() {
        FakeRuntime runtime = new FakeRuntime().draining();
        Terminal ends = new Terminal() {
            @Override
            public boolean isThere() {
                List<DrainSnapshot> ended = List.copyOf(runtime.drains);
                runtime.drains.removeAll(ended);
                return false;
            }

            @Override
            public boolean hasKey() {
                return false;
            }
        };
        String shown = Typed.into(runtime, new FakeFramework().context(), ends, nmr -> nmr.drains("-w"));
        assertThat(shown).isEqualToIgnoringNewLines("No drain under way.");
    }

    @Test
    void watchAndJson_excludeEachOther() {
        assertThatIllegalArgumentException().isThrownBy(() -> Typed.into(new FakeRuntime(), nmr -> nmr.drains("-w", "--json")));
        assertThatIllegalArgumentException().isThrownBy(() -> Typed.into(new FakeRuntime(), nmr -> nmr.drains("--for", "0")));
    }
}
