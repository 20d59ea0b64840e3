package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainRecordTest {
    private static final String DRAINED = "NMR201 Drained io.nmr.sample.provider 1.0.0 [12] in 48 ms: "
            + "modules 1, bindings 1, calls in progress at its start 31";
    private static final String OVERDUE = "NMR202 Overdue: io.nmr.sample.provider 1.0.0 [12] goes on stopping after 0 ms: "
            + "modules 1, bindings 1, calls in progress at its start 31; still detaching: binding 4, owed by the client";

    @ParameterizedTest
    @ValueSource(strings = {"", "12:34:56.789 INFO ", "g! 12:34:56.789 INFO ", "g! g! "})
    void drained_isReadBehindAnyPrefix(String prefix) {
        assertThat(DrainRecord.parse(prefix + DRAINED))
                .contains(new DrainRecord("io.nmr.sample.provider", "1.0.0", 12, false, 48, 31));
    }

    @Test
    void overdue_isRead() {
        assertThat(DrainRecord.parse("12:34:56.789 WARNING " + OVERDUE))
                .contains(new DrainRecord("io.nmr.sample.provider", "1.0.0", 12, true, 0, 31));
    }

    @Test
    void overdue_withNothingLeftToList_isRead() {
        assertThat(DrainRecord.parse(OVERDUE.replaceFirst("(still detaching:).*", "$1 "))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        DRAINED + " or so",
        "NMR201 Drained io.nmr.sample.provider 1.0.0 [12] in 48 ms",
        "NMR201 Drained io.nmr.sample.provider 1.0.0 [12] in -1 ms: modules 1, bindings 1, calls in progress at its start 31",
        "NMR201 Drained io.nmr.sample.provider 1.0.0 [12] in 48 ms: modules 1, bindings 1, calls in progress at its start many",
        "NMR202 Overdue: io.nmr.sample.provider 1.0.0 [12] goes on stopping after 0 ms: modules 1, bindings 1, "
                + "calls in progress at its start 31",
        "NMR201 Drained io.nmr.sample.provider [12] in 48 ms: modules 1, bindings 1, calls in progress at its start 31",
    })
    void almost_isSeenButNotRead(String line) {
        assertThat(DrainRecord.isIn(line)).isTrue();
        assertThat(DrainRecord.parse(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NMR2011 Drained", "XNMR201 Drained", "Bundle ID: 12"})
    void otherLines_areNone(String line) {
        assertThat(DrainRecord.isIn(line)).isFalse();
        assertThat(DrainRecord.parse(line)).isEmpty();
    }

    @Test
    void isOf_comparesIdNameAndVersion() {
        DrainRecord drain = DrainRecord.parse(DRAINED).orElseThrow();
        assertThat(drain.isOf(new Bundle(12, "Active", "io.nmr.sample.provider", "1.0.0"))).isTrue();
        assertThat(drain.isOf(new Bundle(13, "Active", "io.nmr.sample.provider", "1.0.0"))).isFalse();
        assertThat(drain.isOf(new Bundle(12, "Active", "io.nmr.sample.client", "1.0.0"))).isFalse();
        assertThat(drain.isOf(new Bundle(12, "Active", "io.nmr.sample.provider", "2.0.0"))).isFalse();
    }
}
