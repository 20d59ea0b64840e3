package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void none_isZero() {
        assertThat(latencies.percentile(50)).isZero();
        assertThat(latencies.longest()).isZero();
    }

    @Test
    void one_isEveryPercentile() {
        latencies.record(51_234);
        assertThat(latencies.percentile(1)).isCloseTo(51_234, Percentage.withPercentage(1));
        assertThat(latencies.percentile(100)).isCloseTo(51_234, Percentage.withPercentage(1));
        assertThat(latencies.longest()).isEqualTo(51_234);
    }

    @Test
    void below128_isExact() {
        for (int value = 0; value < 100; value++) {
            latencies.record(value);
        }
        assertThat(latencies.percentile(50)).isEqualTo(49);
        assertThat(latencies.percentile(99)).isEqualTo(98);
        assertThat(latencies.percentile(100)).isEqualTo(99);
    }

    @Test
    void ninetyNineOfHundred_doNotHideTheSlowOne() {
        for (int i = 0; i < 99; i++) {
            latencies.record(100);
        }
        latencies.record(2_000_000);
        assertThat(latencies.percentile(99)).isEqualTo(100);
        assertThat(latencies.percentile(99.1)).isCloseTo(2_000_000, Percentage.withPercentage(1));
        assertThat(latencies.longest()).isEqualTo(2_000_000);
    }

    @Test
    void anyMagnitude_isWithinOnePercentOfTheSortedValues() {
        long[] values = new Random(1).longs(10_000, 0, 1L << 40).map(value -> value >>> (value % 40)).toArray();
        Arrays.stream(values).forEach(latencies::record);
        Arrays.sort(values);
        for (int percent = 1; percent <= 100; percent++) {
            long exact = values[values.length * percent / 100 - 1];
            assertThat(latencies.percentile(percent)).as("p%d", percent).isCloseTo(exact, within(exact / 100));
        }
    }

    @Test
    void extremes_areTaken() {
        latencies.record(-1);
        latencies.record(Long.MAX_VALUE);
        assertThat(latencies.percentile(50)).isZero();
        assertThat(latencies.longest()).isEqualTo(Long.MAX_VALUE);
    }
}
