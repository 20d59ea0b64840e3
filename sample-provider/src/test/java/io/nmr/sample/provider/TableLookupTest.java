package io.nmr.sample.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TableLookupTest {

    private static final InetAddress PRIVATE = AddressFamily.parse("10.0.0.1").orElseThrow();
    private static final InetAddress LOOPBACK = AddressFamily.parse("::1").orElseThrow();
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TableSource source = new TableSource(Tables.IPV4_ONLY, Optional.empty());
    private final TableLookup lookup = delayed(Duration.ZERO);

    TableLookupTest() throws IOException {}

    @Test
    void lookup_bothWays_findTheBlock() throws Exception {
        assertThat(lookup.lookup(PRIVATE)).map(AddressBlock::name).contains("Private-Use");
        assertThat(future(lookup.lookupAsync(PRIVATE)).get()).map(AddressBlock::name).contains("Private-Use");
    }

    @Test
    void lookup_familyNotServed_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lookup.lookup(LOOPBACK))
                .withMessageContaining("IPV4");
        assertThatThrownBy(() -> future(lookup.lookupAsync(LOOPBACK)).get())
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lookup_stoppedMeanwhile_fails() {
        lookup.stop();

        assertThatIllegalStateException()
                .isThrownBy(() -> lookup.lookup(PRIVATE))
                .withMessageStartingWith("provider stopped in the middle of a call");
    }

    @Test
    void lookupAsync_stoppedDuringTheDelay_fails() throws IOException {
        TableLookup slow = delayed(Duration.ofMillis(200));
        CompletionStage<Optional<AddressBlock>> answer = slow.lookupAsync(PRIVATE);
        slow.stop();

        assertThatThrownBy(() -> future(answer).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("provider stopped in the middle of a call");
    }

    @Test
    void lookup_takesTheDelay() throws Exception {
        TableLookup slow = delayed(Duration.ofMillis(50));
        long before = System.nanoTime();
        slow.lookup(PRIVATE);
        long between = System.nanoTime();
        future(slow.lookupAsync(PRIVATE)).get();

        assertThat(TimeUnit.NANOSECONDS.toMillis(between - before)).isGreaterThanOrEqualTo(50);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - between)).isGreaterThanOrEqualTo(49);
    }

    @Test
    void lookup_interrupted_answersEarlyAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        Optional<AddressBlock> block = delayed(LONG).lookup(PRIVATE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(block).isPresent();
    }

    @Test
    void T4_cancellingTheCopy_leavesTheStageAlone() throws Exception {
        CompletionStage<Optional<AddressBlock>> stage = delayed(Duration.ofMillis(50)).lookupAsync(PRIVATE);
        stage.toCompletableFuture().cancel(true);

        assertThat(future(stage).get()).isPresent();
    }

    @Test
    void replace_answersFromTheNewTable() {
        assertThat(lookup.replace(new PrefixTable(List.of()))).containsExactly(AddressFamily.IPV4);
        assertThat(lookup.lookup(PRIVATE)).isEmpty();
    }

    @Test
    void replace_stopped_isRefusedAndBringsNoTableBack() {
        lookup.stop();

        assertThatIllegalStateException().isThrownBy(() -> lookup.replace(new PrefixTable(List.of())));
        assertThatIllegalStateException().isThrownBy(() -> lookup.lookup(PRIVATE));
    }

    @Test
    void delay_badValue_isTheDefault() {
        assertThat(Activator.delay(null)).isZero();
        assertThat(Activator.delay("250")).hasMillis(250);
        assertThat(Activator.delay("60000")).hasMinutes(1);
        assertThat(Activator.delay("60001")).isZero();
        assertThat(Activator.delay("-1")).isZero();
        assertThat(Activator.delay("1s")).isZero();
    }

    private TableLookup delayed(Duration delay) throws IOException {
        return new TableLookup(source.families(), delay, source.shipped());
    }

    private static CompletableFuture<Optional<AddressBlock>> future(CompletionStage<Optional<AddressBlock>> stage) {
        return stage.toCompletableFuture();
    }
}
