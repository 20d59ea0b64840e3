package io.nmr.sample.client;

import static io.nmr.sample.npi.AddressFamily.IPV4;
import static io.nmr.sample.npi.AddressFamily.IPV6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.NmrStatus;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.TableListener;
import io.nmr.sample.npi.TableListener2;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookupClientTest {

    private static final InetAddress V4 = AddressFamily.parse("10.0.0.1").orElseThrow();
    private static final InetAddress V6 = AddressFamily.parse("::1").orElseThrow();

    private final LookupClient client = new LookupClient();
    private final FakeProvider one = FakeProvider.of(1, IPV4);
    private final FakeProvider two = FakeProvider.of(2, IPV4, IPV6);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void joinThreads() throws InterruptedException {
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void A2_providerWithoutFamilies_isRefusedWithoutAttaching() {
        FakeProvider stranger = FakeProvider.withCharacteristics("families");

        assertThat(stranger.attachTo(client)).isEqualTo(NmrStatus.NOINTERFACE);
        assertThat(stranger.offered).isEmpty();
        assertThat(client.bindings()).isEmpty();
    }

    @Test
    void A3_attachesWithDispatchVersion2First() {
        assertThat(two.attachTo(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(two.offered).singleElement().isInstanceOf(TableListener2.class);
    }

    @Test
    void A6_refusedDispatchVersion2_attachesWithVersion1() {
        one.judge = dispatch -> dispatch instanceof TableListener ? NmrStatus.SUCCESS : NmrStatus.NOINTERFACE;

        assertThat(one.attachTo(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(one.offered).hasSize(2);
        assertThat(provider(client.lookup(V4))).isEqualTo(1);
    }

    @Test
    void A7_bothVersionsRefused_returnsTheLastStatus() {
        one.judge = dispatch ->
                dispatch instanceof TableListener ? NmrStatus.INSUFFICIENT_RESOURCES : NmrStatus.NOINTERFACE;

        assertThat(one.attachTo(client)).isEqualTo(NmrStatus.INSUFFICIENT_RESOURCES);
        assertThat(client.bindings()).isEmpty();
    }

    @Test
    void A7_refusedForAnotherReasonThanTheVersion_triesNoOther() {
        one.judge = dispatch -> NmrStatus.DELETE_PENDING;

        assertThat(one.attachTo(client)).isEqualTo(NmrStatus.DELETE_PENDING);
        assertThat(one.offered).hasSize(1);
    }

    @Test
    void A12_tableChangedBeforeAttachReturned_isCounted() {
        two.judge = dispatch -> {
            ((TableListener2) dispatch).tableChanged(Set.of(IPV6));
            return NmrStatus.SUCCESS;
        };
        two.attachTo(client);

        assertThat(client.bindings()).singleElement().extracting(Binding::tableChanges).isEqualTo(1L);
    }

    @Test
    void lookup_nothingAttached_isEmpty() {
        assertThat(client.lookup(V4)).isEmpty();
        assertThat(client.lookupAsync(V4)).isEmpty();
    }

    @Test
    void lookup_prefersTheNewest_inBothOrders() {
        one.attachTo(client);
        two.attachTo(client);
        assertThat(provider(client.lookup(V4))).isEqualTo(2);

        one.detachFrom(client);
        one.attachTo(client);
        assertThat(provider(client.lookup(V4))).isEqualTo(2);
    }

    @Test
    void lookup_equalNumbers_prefersTheOneAttachedLast() {
        FakeProvider again = FakeProvider.of(1, IPV4);
        one.attachTo(client);
        again.attachTo(client);
        client.lookup(V4);

        assertThat(again.calls).hasValue(1);
    }

    @Test
    void lookup_familyNotServed_goesToWhoServesIt() {
        FakeProvider three = FakeProvider.of(3, IPV4);
        two.attachTo(client);
        three.attachTo(client);

        assertThat(provider(client.lookup(V4))).isEqualTo(3);
        assertThat(provider(client.lookup(V6))).isEqualTo(2);
    }

    @Test
    void lookup_familyServedByNobody_isEmpty() {
        one.attachTo(client);

        assertThat(client.lookup(V6)).isEmpty();
    }

    @Test
    void T1_refusedAdmission_goesToTheNextProvider() {
        one.attachTo(client);
        two.attachTo(client);
        two.announced.close(() -> {}); // as the registrar may, in the client's stead (D9)

        assertThat(provider(client.lookup(V4))).isEqualTo(1);
        assertThat(two.calls).hasValue(0);
    }

    @Test
    void lookup_failedCall_isNotRepeatedElsewhere() {
        one.attachTo(client);
        two.attachTo(client);
        two.table = address -> {
            throw new IllegalStateException("broken");
        };

        assertThatThrownBy(() -> client.lookup(V4)).hasMessage("broken");
        assertThat(one.calls).hasValue(0);
        assertThat(two.announced.gate().inProgress()).isZero();
    }

    @Test
    void D3_afterDetach_startsNoCall() {
        one.attachTo(client);
        one.detachFrom(client);

        assertThat(client.lookup(V4)).isEmpty();
        assertThat(one.calls).hasValue(0);
    }

    @Test
    void D4_detachWithoutCalls_answersSuccess() {
        one.attachTo(client);

        assertThat(one.detachFrom(client)).isEqualTo(NmrStatus.SUCCESS);
        client.cleanupClientBindingContext(one.clientContext);
        assertThat(one.completions).hasValue(0);
    }

    @Test
    void D5_detachWithCallInProgress_answersPendingAndCompletesOnce() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        one.table = address -> {
            called.countDown();
            await(answer);
            return Optional.empty();
        };
        one.attachTo(client);
        Future<Optional<Answer>> call = threads.submit(() -> client.lookup(V4));
        await(called);

        assertThat(one.detachFrom(client)).isEqualTo(NmrStatus.PENDING);
        assertThat(one.completions).hasValue(0);
        answer.countDown();
        assertThat(call.get()).contains(new Answer(1, Optional.empty()));
        assertThat(one.completions).hasValue(1);
    }

    @Test
    void D7_asynchronousCall_isInProgressUntilItsStageCompletes() {
        one.attachTo(client);
        CompletionStage<Answer> answer = client.lookupAsync(V4).orElseThrow();

        assertThat(one.announced.gate().inProgress()).isEqualTo(1);
        assertThat(one.detachFrom(client)).isEqualTo(NmrStatus.PENDING);
        one.stage.complete(Optional.empty());
        assertThat(one.completions).hasValue(1);
        assertThat(answer.toCompletableFuture()).isCompletedWithValue(new Answer(1, Optional.empty()));
    }

    @Test
    void D7_asynchronousCallThatFails_isNoLongerInProgress() {
        one.attachTo(client);
        CompletionStage<Answer> answer = client.lookupAsync(V4).orElseThrow();
        one.stage.completeExceptionally(new IllegalStateException("broken"));

        assertThat(answer.toCompletableFuture()).isCompletedExceptionally();
        assertThat(one.announced.gate().inProgress()).isZero();
    }

    @Test
    void D7_asynchronousCallThatGivesNoStage_isNoLongerInProgress() {
        one.attachTo(client);
        one.stage = null;

        assertThatThrownBy(() -> client.lookupAsync(V4)).isInstanceOf(NullPointerException.class);
        assertThat(one.announced.gate().inProgress()).isZero();
    }

    @Test
    void T4_cancellingTheAnswer_doesNotEndTheCount() {
        one.attachTo(client);
        CompletableFuture<Answer> answer = client.lookupAsync(V4).orElseThrow().toCompletableFuture();
        answer.cancel(true);

        assertThat(one.stage).isNotDone();
        assertThat(one.announced.gate().inProgress()).isEqualTo(1);
        one.stage.complete(Optional.empty());
        assertThat(one.announced.gate().inProgress()).isZero();
    }

    /** A new provider attaches before the old one detaches: there is always one, however late a thread looks. */
    @Test
    void T3_swapsUnderLoad_everyCallIsAnsweredAndNoneIsMissed() throws Exception {
        AtomicBoolean swapping = new AtomicBoolean(true);
        FakeProvider first = FakeProvider.of(1, IPV4);
        first.attachTo(client);
        List<Future<Long>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(threads.submit(callWhile(swapping)));
        }
        FakeProvider old = first;
        int pending = 0;
        List<FakeProvider> all = new ArrayList<>(List.of(first));
        for (int i = 0; i < 5_000; i++) {
            FakeProvider fresh = FakeProvider.of(i % 2, IPV4);
            fresh.attachTo(client);
            pending += old.detachFrom(client).equals(NmrStatus.PENDING) ? 1 : 0;
            old = fresh;
            all.add(fresh);
        }
        swapping.set(false);
        long calls = 0;
        for (Future<Long> caller : callers) {
            calls += caller.get();
        }

        assertThat(all.stream().mapToLong(provider -> provider.calls.get()).sum()).isEqualTo(calls);
        assertThat(all.stream().mapToInt(provider -> provider.completions.get()).sum()).isEqualTo(pending);
    }

    private Callable<Long> callWhile(AtomicBoolean going) {
        return () -> {
            long calls = 0;
            while (going.get()) {
                assertThat(client.lookup(V4)).isPresent();
                calls++;
            }
            return calls;
        };
    }

    private static long provider(Optional<Answer> answer) {
        return answer.orElseThrow().provider();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
