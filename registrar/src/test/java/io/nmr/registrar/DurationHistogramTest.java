package io.nmr.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.runtime.DrainTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DurationHistogramTest {

    private final DurationHistogram histogram = new DurationHistogram();

    @Test
    void nothingRecorded_isNothing() {
        assertThat(histogram.summary()).isEqualTo(new DrainTimes(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    @Test
    void one_isAllOfThem_andExact() {
        Duration only = Duration.ofNanos(223_456_789);
        histogram.record(only);
        assertThat(histogram.summary()).isEqualTo(new DrainTimes(1, only, only, only));
    }

    @Test
    void quantilesOfAnyMagnitude_areWithinThreePerCent() {
        Random random = new Random(42);
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            long value = (long) Math.exp(random.nextDouble() * Math.log(Duration.ofHours(10).toNanos() / 40_000.0)) * 40_000;
            nanos.add(value);
            histogram.record(Duration.ofNanos(value));
        }
        nanos.sort(null);
        DrainTimes summary = histogram.summary();
        assertThat(summary.count()).isEqualTo(10_000);
        assertThat(summary.median().toNanos()).isCloseTo(nanos.get(4_999), Percentage.withPercentage(3.2));
        assertThat(summary.percentile99().toNanos()).isCloseTo(nanos.get(9_899), Percentage.withPercentage(3.2));
        assertThat(summary.longest().toNanos()).isEqualTo(nanos.get(9_999));
    }

    @Test
    void quantilesAreUpperBounds() {
        for (int i = 1; i <= 100; i++) {
            histogram.record(Duration.ofMillis(i));
        }
        DrainTimes summary = histogram.summary();
        assertThat(summary.median()).isBetween(Duration.ofMillis(50), Duration.ofMillis(52));
        assertThat(summary.percentile99()).isBetween(Duration.ofMillis(99), Duration.ofMillis(100));
        assertThat(summary.longest()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void extremes_haveABucket() {
        histogram.record(Duration.ZERO);
        histogram.record(Duration.ofDays(365));
        DrainTimes summary = histogram.summary();
        assertThat(summary.count()).isEqualTo(2);
        assertThat(summary.longest()).isEqualTo(Duration.ofDays(365));
        assertThat(summary.median().toNanos()).isLessThanOrEqualTo(TimeUnit.MICROSECONDS.toNanos(1));
    }
}
