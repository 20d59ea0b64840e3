package io.nmr.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void objectsArraysAndLiterals() {
        assertThat(Json.parse(" { \"a\" : [ 1, -2.5e3, true, null ], \"b\" : { } , \"c\" : \"x\\\"y\" } "))
                .isEqualTo(Map.of("a", Arrays.asList(1.0, -2500.0, true, null), "b", Map.of(), "c", "x\"y"));
    }

    @Test
    void aNumberThatIsNone() {
        assertThat(Json.parse("[NaN, \"NaN\"]")).isEqualTo(List.of(Double.NaN, "NaN"));
    }

    @Test
    void whatIsNoJson_isRefusedWithItsPlace() {
        for (String wrong : List.of("", "{", "[1", "{\"a\" 1}", "x", "1 2")) {
            assertThatThrownBy(() -> Json.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(" at ");
        }
    }
}
