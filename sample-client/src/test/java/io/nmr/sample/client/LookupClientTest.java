package io.nmr.sample.client;

import static io.nmr.sample.npi.AddressFamily.IPV4;
import static io.nmr.sample.npi.AddressFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.Registration;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.typed.NoProviderException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class LookupClientTest {

    private static final InetAddress V4 = AddressFamily.parse("10.0.0.1").orElseThrow();
    private static final InetAddress V6 = AddressFamily.parse("::1").orElseThrow();

    @RegisterExtension
    private final Rig rig = new Rig();

    private final LookupClient client = rig.client(Duration.ZERO);
    private final FakeProvider one = rig.provider(1, IPV4);
    private final FakeProvider two = rig.provider(2, IPV4, IPV6);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void joinThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void npi_isTrackedByGuards() {
        assertThat(LookupNpi.NPI.usesProxies()).isFalse();
    }

    @Test
    void lookup_nothingAttached_failsAtOnce() {
        assertThatExceptionOfType(NoProviderException.class).isThrownBy(() -> client.lookup(V4));
        assertThatExceptionOfType(NoProviderException.class).isThrownBy(() -> client.lookupAsync(V4));
    }

    @Test
    void lookup_prefersTheNewest_inBothOrders() {
        one.register();
        two.register();
        assertThat(client.lookup(V4).provider()).isEqualTo(2);

        one.deregister().awaitGone();
        one.register();
        assertThat(client.lookup(V4).provider()).isEqualTo(2);
    }

    @Test
    void lookup_familyNotServed_goesToWhoServesIt() {
        two.register();
        rig.provider(3, IPV4).register();

        assertThat(client.lookup(V4).provider()).isEqualTo(3);
        assertThat(client.lookup(V6).provider()).isEqualTo(2);
    }

    @Test
    void lookup_familyServedByNobody_fails() {
        one.register();

        assertThatExceptionOfType(NoProviderException.class).isThrownBy(() -> client.lookup(V6));
        assertThat(one.calls).hasValue(0);
    }

    @Test
    void lookup_failedCall_isNotRepeatedElsewhere() {
        one.register();
        two.register();
        two.table = address -> {
            throw new IllegalStateException("broken");
        };

        assertThatThrownBy(() -> client.lookup(V4)).hasMessage("broken");
        assertThat(one.calls).hasValue(0);
        assertThat(Rig.inProgress(client)).isZero();
    }

    @Test
    void D5_lookupInProgress_providerIsGoneAfterIt() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        one.table = address -> {
            called.countDown();
            await(answer);
            return Optional.empty();
        };
        one.register();
        Future<Answer> call = threads.submit(() -> client.lookup(V4));
        await(called);

        assertThat(one.deregister().isGone()).isFalse();
        answer.countDown();
        assertThat(call.get()).isEqualTo(new Answer(1, Optional.empty()));
        one.awaitGone();
    }

    @Test
    void D7_asynchronousLookup_isInProgressUntilItsStageCompletes() {
        one.register();
        CompletionStage<Answer> answer = client.lookupAsync(V4);

        assertThat(Rig.inProgress(client)).isEqualTo(1);
        assertThat(one.deregister().isGone()).isFalse();
        one.stage.complete(Optional.empty());
        one.awaitGone();
        assertThat(answer.toCompletableFuture()).isCompletedWithValue(new Answer(1, Optional.empty()));
    }

    @Test
    void D7_asynchronousLookupThatFails_isNoLongerInProgress() {
        one.register();
        CompletionStage<Answer> answer = client.lookupAsync(V4);
        one.stage.completeExceptionally(new IllegalStateException("broken"));

        assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
        assertThat(Rig.inProgress(client)).isZero();
    }

    @Test
    void T4_cancellingTheAnswer_leavesTheLookupInProgress() {
        one.register();
        client.lookupAsync(V4).toCompletableFuture().cancel(true);

        assertThat(one.stage).isNotDone();
        assertThat(Rig.inProgress(client)).isEqualTo(1);
        one.stage.complete(Optional.empty());
        assertThat(Rig.inProgress(client)).isZero();
    }

    @Test
    void patience_lookupWaitsForTheProviderToComeBack() throws Exception {
        LookupClient patient = rig.client(Rig.LONG);
        one.register();
        one.deregister().awaitGone();
        Future<Answer> waiting = threads.submit(() -> patient.lookup(V4));
        two.register();

        assertThat(waiting.get().provider()).isEqualTo(2);
    }

    @Test
    void patience_endsWhenTheClientGoes() {
        LookupClient patient = new LookupClient(Duration.ofDays(1));
        Registration registration = rig.register(patient);
        Future<Answer> waiting = threads.submit(() -> patient.lookup(V4));
        rig.deregister(registration);

        assertThatThrownBy(waiting::get).hasCauseInstanceOf(NoProviderException.class);
    }

    @Test
    void tableChanged_isLogged() {
        two.register();
        List<String> logged = new ArrayList<>();
        Handler handler = handler(logged);
        Logger.getLogger(LookupClient.class.getName()).addHandler(handler);
        two.module.forEachClient(listener -> listener.tableChanged(Set.of(IPV6)));
        Logger.getLogger(LookupClient.class.getName()).removeHandler(handler);

        assertThat(logged).containsExactly("The table of provider 2 changed: [IPV6]");
    }

    /** A new provider attaches before the old one detaches: there is always one, however late a thread looks. */
    @Test
    void T3_swapsUnderLoad_everyLookupIsAnsweredAndNoneIsMissed() throws Exception {
        List<FakeProvider> all = new ArrayList<>(List.of(rig.provider(1, IPV4).register()));
        long calls = underLoad(client, () -> {
            for (int i = 0; i < 300; i++) {
                FakeProvider old = all.get(i);
                all.add(rig.provider(i % 2, IPV4).register());
                old.deregister().awaitGone();
            }
        });

        assertThat(all.stream().mapToLong(provider -> provider.calls.get()).sum()).isEqualTo(calls);
    }

    /** The old one detaches before a new one attaches: lookups wait in between. */
    @Test
    void patience_updatesUnderLoad_everyLookupIsAnsweredAndNoneIsMissed() throws Exception {
        List<FakeProvider> all = new ArrayList<>(List.of(rig.provider(1, IPV4).register()));
        long calls = underLoad(rig.client(Rig.LONG), () -> {
            for (int i = 0; i < 300; i++) {
                all.get(i).deregister().awaitGone();
                all.add(rig.provider(i % 2, IPV4).register());
            }
        });

        assertThat(all.stream().mapToLong(provider -> provider.calls.get()).sum()).isEqualTo(calls);
    }

    private long underLoad(LookupClient used, Runnable swaps) throws Exception {
        AtomicBoolean swapping = new AtomicBoolean(true);
        List<Future<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(threads.submit(lookupWhile(used, swapping)));
        }
        try {
            swaps.run();
        } finally {
            swapping.set(false);
        }
        long calls = 0;
        for (Future<Long> caller : callers) {
            calls += caller.get();
        }
        return calls;
    }

    private static Callable<Long> lookupWhile(LookupClient used, AtomicBoolean going) {
        return () -> {
            long calls = 0;
            while (going.get()) {
                assertThat(used.lookup(V4).block()).isPresent();
                calls++;
            }
            return calls;
        };
    }

    private static Handler handler(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
