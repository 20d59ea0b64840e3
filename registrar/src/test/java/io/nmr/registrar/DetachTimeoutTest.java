package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetachTimeoutTest {

    private final RecordedLog recorded = new RecordedLog();

    @BeforeEach
    void record() {
        recorded.start();
    }

    @AfterEach
    void stopRecording() {
        recorded.stop();
    }

    private static Duration read(String value) {
        return DetachTimeout.read(key -> key.equals("nmr.detach.timeout") ? value : null, new Log());
    }

    @Test
    void O3_noProperty_twentySeconds() {
        assertThat(read(null)).isEqualTo(Duration.ofSeconds(20));
        assertThat(recorded.messages()).isEmpty();
    }

    @Test
    void O3_property_isMilliseconds() {
        assertThat(read(" 1500 ")).isEqualTo(Duration.ofMillis(1500));
        assertThat(read("0")).isZero();
        assertThat(recorded.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1.5", "20s", "99999999999999999999"})
    void O3_wrongProperty_keepsTheDefaultAndSaysSo(String wrong) {
        assertThat(read(wrong)).isEqualTo(Duration.ofSeconds(20));
        assertThat(recorded.messages())
                .singleElement()
                .asString()
                .startsWith("NMR103 nmr.detach.timeout is '" + wrong + "', but must be a whole number of milliseconds")
                .endsWith("20000 is kept");
    }

    @Test
    void O3_longestProperty_waitsThatLong() {
        assertThat(read(Long.toString(Long.MAX_VALUE))).isEqualTo(Duration.ofMillis(Long.MAX_VALUE));
    }
}
