package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {
    @Test
    void lineOfLb_isRead() {
        Bundle bundle = new Bundle(5, "Active", "io.nmr.sample.provider", "1.0.0");
        assertThat(Bundle.parse("    5|Active     |    1|io.nmr.sample.provider (1.0.0)|1.0.0")).contains(bundle);
        assertThat(bundle.active()).isTrue();
    }

    @Test
    void resolved_isNotActive() {
        assertThat(Bundle.parse("   12|Resolved   |    1|io.nmr.sample.provider (2.0.0)")).hasValueSatisfying(
                bundle -> assertThat(bundle.active()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "START LEVEL 1", "   ID|State      |Level|Symbolic name", "Bundle ID: 9"})
    void otherLines_areNone(String line) {
        assertThat(Bundle.parse(line)).isEmpty();
    }
}
