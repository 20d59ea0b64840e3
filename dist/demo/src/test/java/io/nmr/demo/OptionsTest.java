package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void defaults() throws UsageException {
        assertThat(parse("--dist nmr.jar --providers both --recorder rec.jar"))
                .isEqualTo(new Options(
                        Path.of("nmr.jar"), Path.of("both"), Path.of("rec.jar"), Optional.empty(),
                        true, false, 0, 20, 32, 250));
    }

    @Test
    void allGiven_inAnyOrder() throws UsageException {
        assertThat(parse("--delay 0 --connections 4 --no-drain --update --swaps 7 --port 8080 --providers both --dist nmr.jar"
                        + " --history h --recorder rec.jar"))
                .isEqualTo(new Options(
                        Path.of("nmr.jar"), Path.of("both"), Path.of("rec.jar"), Optional.of(Path.of("h")),
                        false, true, 8080, 7, 4, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--frob", "x", "--swaps", "--swaps 0", "--swaps -1", "--swaps two", "--swaps 99999999999", "--port 0", "--port 65536",
        "--connections 0", "--connections 1001", "--delay 5001", "--delay 1.5", "--dist", "--history"
    })
    void wrong_isRefusedByName(String arguments) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> parse("--dist nmr.jar --providers both --recorder rec.jar " + arguments))
                .withMessageContaining(arguments.split(" ")[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--dist nmr.jar --providers both", "--dist nmr.jar --recorder rec.jar", "--providers both --recorder rec.jar"
    })
    void missing_isRefused(String arguments) {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(arguments)).withMessageContaining("is missing");
    }

    @Test
    void usage_fitsTheTerminal() {
        assertThat(Options.USAGE.lines()).allMatch(line -> line.length() <= 100);
    }

    private static Options parse(String arguments) throws UsageException {
        return Options.parse(arguments.split(" "));
    }
}
