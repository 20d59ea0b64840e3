package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void each_isCountedByItsKind() {
        tally.answered(new Answer(200, "{}"), 10);
        tally.answered(new Answer(503, ""), 20);
        tally.answered(new Answer(500, "the provider stopped in the middle of a call"), 30);
        tally.answered(new Answer(200, "the provider stopped in the middle of a call"), 30);
        tally.failed(new EOFException(), 40);
        assertThat(tally.snapshot()).isEqualTo(new Tally.Snapshot(5, 4, 2,
                Map.of("HTTP 500", 1L, "HTTP 503", 1L, "HTTP 200, but cut", 1L, "EOFException", 1L), 30, 40, 40));
    }

    @Test
    void awaitFurther_countsFromNow() throws Exception {
        tally.answered(new Answer(200, ""), 10);
        assertThat(tally.awaitFurther(1, Duration.ofMillis(1))).isFalse();
        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> tally.answered(new Answer(200, ""), 10));
        caller.get(10, TimeUnit.SECONDS);
        assertThat(tally.awaitFurther(0, Duration.ZERO)).isTrue();
    }
}
