package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.ClientRegistration;
import io.nmr.api.NmrStatus;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.History.What;
import io.nmr.engine.state.Inspect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C3 and the stage of C2: how a deregistration is waited for, and given up. */
class WaitRulesTest extends EngineTest {

    private RecordingClient client;
    private RecordingProvider provider;

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
    }

    /** The client is deregistering and owes its completion. */
    private Link pending() {
        client.pend();
        attached(client, provider);
        rig.deregister(client);
        rig.awaitBothDetached();
        return client.link();
    }

    @Test
    void C3_onceComplete_everyWaitReturnsSuccessAtOnce() {
        attached(client, provider);
        rig.deregisterAndWait(client);
        assertThat(rig.await(client, Duration.ZERO)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.await(client, Duration.ofSeconds(-1))).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C3_waitBeforeDeregister_isInvalid() {
        attached(client, provider);
        assertThat(rig.await(client)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.expectIncident(Kind.PROTOCOL_ERROR, "C3").message()).contains("client", "deregister it first");
        rig.prepare(rig.provider("prepared"));
        RecordingModule prepared = rig.modules.stream().filter(m -> m.name.equals("prepared")).findFirst().get();
        assertThat(rig.await(prepared)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "C3");
    }

    @Test
    void C3_nullAndForeignHandles_areInvalidAndReported_andNothingChanges() {
        RegistrarEngine other = new RegistrarEngine();
        ClientRegistration foreign = other.registerClient(rig.client("foreign"));

        assertThat(rig.engine.deregisterClient(null)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.engine.deregisterProvider(null)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.engine.waitForClientDeregisterComplete(null, Rig.LONG)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.engine.waitForProviderDeregisterComplete(null, Rig.LONG))
                .isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.engine.deregisterClient(foreign)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.engine.waitForClientDeregisterComplete(foreign, Rig.LONG))
                .isEqualTo(NmrStatus.INVALID_PARAMETER);
        for (int i = 0; i < 6; i++) {
            rig.expectIncident(Kind.PROTOCOL_ERROR, "C3");
        }
        assertThat(other.deregisterClient(foreign)).isEqualTo(NmrStatus.PENDING);
        assertThat(other.waitForClientDeregisterComplete(foreign, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(other.registry.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void C3_zeroOrNegativeTimeout_onlyLooks(long seconds) {
        Link owing = pending();
        assertThat(rig.await(client, Duration.ofSeconds(seconds))).isEqualTo(NmrStatus.TIMEOUT);
        owing.complete();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.await(client, Duration.ofSeconds(seconds))).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C3_boundedWaitThatRunsOut_saysTimeout_andChangesNothing() {
        Link owing = pending();
        assertThat(rig.await(client, Duration.ofMillis(1))).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(rig.await(client, Duration.ofNanos(1))).isEqualTo(NmrStatus.TIMEOUT);
        owing.complete();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C3_hugeTimeout_waits() {
        Link owing = pending();
        Crew.Member<NmrStatus> waiting =
                rig.crew.start(() -> rig.await(client, Duration.ofSeconds(Long.MAX_VALUE)));
        waiting.awaitBlocked();
        owing.complete();
        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C3_nullTimeout_isRefused_andLosesNothing() {
        Link owing = pending();
        assertThatThrownBy(() -> rig.await(client, null)).isInstanceOf(NullPointerException.class);
        owing.complete();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C3_anyNumberOfThreadsMayWait() {
        Link owing = pending();
        List<Crew.Member<NmrStatus>> waiting = Stream.generate(
                        () -> rig.crew.start(() -> rig.await(client)))
                .limit(5)
                .toList();
        waiting.forEach(Crew.Member::awaitBlocked);
        owing.complete();
        assertThat(waiting).allSatisfy(one -> assertThat(one.join()).isEqualTo(NmrStatus.SUCCESS));
    }

    @Test
    void C3_theFirstOfTwoWaitersTimesOut_theOtherGoesOn() {
        Link owing = pending();
        Crew.Member<NmrStatus> first = rig.crew.start(() -> rig.await(client, Duration.ofMillis(200)));
        first.awaitBlocked();
        Crew.Member<NmrStatus> second = rig.crew.start(() -> rig.await(client));
        second.awaitBlocked();
        assertThat(first.join()).isEqualTo(NmrStatus.TIMEOUT);
        owing.complete();
        assertThat(second.join()).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C3_interrupt_doesNotEndTheWait_andIsRestored() {
        Link owing = pending();
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Crew.Member<NmrStatus> waiting = rig.crew.start(() -> {
            NmrStatus status = rig.await(client);
            interrupted.set(Thread.currentThread().isInterrupted());
            return status;
        });
        waiting.awaitBlocked();
        waiting.thread.interrupt();
        waiting.thread.interrupt();
        owing.complete();
        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void C3_interruptedBefore_waitsAllTheSame_andTimesOut() {
        Link owing = pending();
        boolean restored = rig.crew.elsewhere(() -> {
            Thread.currentThread().interrupt();
            assertThat(rig.await(client, Duration.ofMillis(5))).isEqualTo(NmrStatus.TIMEOUT);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(restored).isTrue();
        owing.complete();
    }

    @Test
    void C3_abandoned_waitsReturnTimeoutNowAndLater_andALateCompletionStillCleansUp() {
        Link owing = pending();
        Crew.Member<NmrStatus> waiting = rig.crew.start(() -> rig.await(client));
        waiting.awaitBlocked();

        rig.engine.abandon(List.of(client.registration));

        assertThat(waiting.join()).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(rig.await(client)).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(rig.engine.view().bindings(List.of(client.registration)))
                .extracting(BindingSnapshot::overdue).containsExactly(true);
        rig.engine.abandon(List.of(client.registration));
        owing.complete();
        history.await("both cleanups", () -> history.count(What.CLEANUP_END) == 2);
        history.await("complete", () -> rig.isComplete(client));
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C3_abandonOfWhatIsNotDeregistering_changesNothing() {
        attached(client, provider);
        rig.engine.abandon(List.of(client.registration));
        assertThat(rig.engine.view().bindings(List.of(client.registration)))
                .extracting(BindingSnapshot::overdue).containsExactly(false);
        rig.deregisterAndWait(client);
        rig.engine.abandon(List.of(client.registration));
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C2_stage_completesOnce_askedForBeforeAndAfter() {
        AtomicInteger completions = new AtomicInteger();
        rig.prepare(client);
        CompletionStage<NmrStatus> early = counted(completions);
        client.pend();
        rig.engine.register(client.registration);
        rig.register(provider);
        rig.deregister(client);
        rig.awaitBothDetached();
        counted(completions);
        assertThat(completions).hasValue(0);

        client.link().complete();

        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        history.await("two completions", () -> completions.get() == 2);
        assertThat(early.toCompletableFuture().join()).isEqualTo(NmrStatus.SUCCESS);
        counted(completions);
        assertThat(completions).hasValue(3);
    }

    private CompletionStage<NmrStatus> counted(AtomicInteger completions) {
        CompletionStage<NmrStatus> stage = client.registration.deregistration();
        stage.thenAccept(status -> {
            completions.incrementAndGet();
            history.tick();
        });
        return stage;
    }

    @Test
    void C2_completingTheReturnedStage_hasNoEffectOnTheRegistrar() {
        Link owing = pending();
        CompletableFuture<NmrStatus> copy = client.registration.deregistration().toCompletableFuture();
        assertThat(copy.complete(NmrStatus.UNSUCCESSFUL)).isTrue();
        CompletionStage<NmrStatus> stage = client.registration.deregistration();
        if (stage instanceof CompletableFuture<NmrStatus> future) {
            assertThatThrownBy(() -> future.complete(NmrStatus.UNSUCCESSFUL))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(rig.await(client, Duration.ZERO)).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(stage.toCompletableFuture()).isNotDone();
        owing.complete();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(stage.toCompletableFuture().join()).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C2_actionsChainedToTheStage_runUnderNoLock_andMayThrow() {
        Link owing = pending();
        AtomicReference<Boolean> locked = new AtomicReference<>();
        CompletionStage<Void> chained = client.registration.deregistration().thenAccept(status -> {
            locked.set(Inspect.holdsLock(owing.handle));
            rig.crew.elsewhere(() -> rig.register(rig.provider("from the stage")));
            throw new IllegalStateException("an action that throws");
        });
        owing.complete();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        history.await("the action", () -> chained.toCompletableFuture().isCompletedExceptionally());
        assertThat(locked.get()).isFalse();
    }
}
