package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.AttachResult.Refused;
import io.nmr.api.AttachResult;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.History.Event;
import io.nmr.engine.History.What;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetachRulesTest extends EngineTest {

    private RecordingClient client;
    private RecordingProvider provider;

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
    }

    @Test
    void D1_deregister_endsEachBinding_andTheModuleIsOfferedToNobody() {
        RecordingClient other = rig.client("other");
        rig.registerAll(client, other, provider);

        rig.deregisterAndWait(provider);
        RecordingClient late = rig.register(rig.client("late"));

        assertThat(history.count(What.CLEANUP, provider)).isEqualTo(2);
        assertThat(history.of(late)).isEmpty();
    }

    @Test
    void D1_fromWithinItsDetach_theModuleIsOfferedToNobody() {
        attached(client, provider);
        RecordingClient late = rig.client("late");
        provider.onDetach = link -> {
            rig.register(late);
            return link.close();
        };
        rig.deregisterAndWait(provider);
        assertThat(history.of(late)).isEmpty();
    }

    @Test
    void D2_bothDetachCallbacksOnce_deregisteringSideFirst() {
        for (boolean clientLeaves : new boolean[] {true, false}) {
            RecordingClient someClient = rig.client("client of " + clientLeaves);
            RecordingProvider someProvider = rig.provider("provider of " + clientLeaves);
            attached(someClient, someProvider);
            RecordingModule leaving = clientLeaves ? someClient : someProvider;
            RecordingModule staying = clientLeaves ? someProvider : someClient;

            rig.deregisterAndWait(leaving);

            Event first = history.only(What.DETACH, leaving);
            Event second = history.only(What.DETACH, staying);
            if (performsInOrder()) {
                assertThat(first.time()).isLessThan(second.time());
            }
            rig.deregisterAndWait(staying);
        }
    }

    /** Whether effects are performed one after the other. */
    boolean performsInOrder() {
        return true;
    }

    @Test
    void D3_onceDetached_newCallsAreRefused() {
        attached(client, provider);
        rig.deregisterAndWait(provider);
        assertThatThrownBy(client.link()::enter).hasMessageContaining("refused");
        assertThatThrownBy(provider.link()::enter).hasMessageContaining("refused");
    }

    @Test
    void D4_successWhereNoCallIsInProgress_pendingWhereOneIs() {
        attached(client, provider);
        client.link().enter();
        rig.deregister(client);
        rig.awaitBothDetached();

        assertThat(history.only(What.DETACH_END, client).outcome()).isEqualTo(NmrStatus.PENDING);
        assertThat(history.only(What.DETACH_END, provider).outcome()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.count(What.CLEANUP)).isZero();
        assertThat(rig.await(client, Duration.ZERO)).isEqualTo(NmrStatus.TIMEOUT);
        client.link().exit();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void D5_completeAfterPending_cleansUpOnce() {
        client.pend();
        provider.pend();
        attached(client, provider);
        rig.deregister(client);
        rig.awaitBothDetached();

        client.link().complete();
        assertThat(history.count(What.CLEANUP)).isZero();
        rig.crew.run(provider.link()::complete).join();

        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    @Test
    void D5_completeBeforePendingReturned_cleansUpOnce() {
        completesEarly(Link::complete);
    }

    @Test
    void D5_completeBeforePendingReturned_onAnotherThread_cleansUpOnce() {
        completesEarly(link -> rig.crew.run(link::complete).join());
    }

    private void completesEarly(Consumer<Link> completion) {
        for (RecordingModule module : List.of(client, provider)) {
            module.onDetach = link -> {
                completion.accept(link);
                assertThat(history.count(What.CLEANUP)).isZero();
                return NmrStatus.PENDING;
            };
        }
        attached(client, provider);
        rig.deregisterAndWait(provider);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    @Test
    void D6_completeBeforeAnyDetachCallback_changesNothing() {
        client.onAttach = link -> {
            misuses(link);
            NmrStatus status = link.attach().status();
            misuses(link);
            return status;
        };
        provider.onAttach = link -> {
            misuses(link);
            return link.accept();
        };
        attached(client, provider);
        misuses(client.link());
        misuses(provider.link());
    }

    @Test
    void D6_completeAfterSuccess_changesNothing() {
        provider.pend();
        attached(client, provider);
        rig.deregister(client);
        rig.awaitBothDetached();
        misuses(client.link());
        assertThat(history.count(What.CLEANUP)).isZero();
        provider.link().complete();
    }

    @Test
    void D6_completeTwice_changesNothing() {
        client.pend();
        provider.pend();
        attached(client, provider);
        rig.deregister(client);
        rig.awaitBothDetached();
        client.link().complete();
        misuses(client.link());
        assertThat(history.count(What.CLEANUP)).isZero();
        provider.link().complete();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        misuses(client.link());
        misuses(provider.link());
    }

    @Test
    void D6_completeTwiceEarly_changesNothing() {
        client.onDetach = link -> {
            link.complete();
            misuses(link);
            return NmrStatus.PENDING;
        };
        attached(client, provider);
        rig.deregisterAndWait(client);
    }

    @Test
    void D6_completeDuringCleanup_changesNothing() {
        attached(client, provider);
        client.onCleanup = this::misuses;
        provider.onCleanup = this::misuses;
        rig.deregisterAndWait(client);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    @Test
    void D6_successAfterAnEarlyComplete_standsAndIsReported() {
        client.onDetach = link -> {
            link.complete();
            return NmrStatus.SUCCESS;
        };
        attached(client, provider);
        rig.deregisterAndWait(client);
        assertThat(rig.expectIncident(Kind.PROTOCOL_ERROR, "D6").message()).contains("detachProvider", "SUCCESS");
    }

    @Test
    void D6_oneSideCannotCompleteTheOthers() {
        provider.pend();
        attached(client, provider);
        rig.deregister(provider);
        rig.awaitBothDetached();
        misuses(client.link());
        assertThat(rig.isComplete(provider)).isFalse();
        provider.link().complete();
    }

    @Test
    void D6_handleOfARefusedBinding_completesNothing() {
        provider.refuse(NmrStatus.NOINTERFACE);
        rig.registerAll(client, provider);
        misuses(client.link());
        misuses(provider.link());
    }

    private void misuses(Link link) {
        assertThatThrownBy(link.handle::detachComplete)
                .isInstanceOf(NmrException.class)
                .hasMessageContaining("detachComplete by " + link.side().module().ref())
                .hasMessageContaining("binding " + link.binding().id())
                .hasMessageContaining("changes nothing")
                .extracting(e -> ((NmrException) e).status()).isEqualTo(NmrStatus.INVALID_PARAMETER);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "D6");
    }

    @Test
    void D7_aCallThatCompletesAsynchronously_isInProgressUntilThen() {
        attached(client, provider);
        CountDownLatch answer = new CountDownLatch(1);
        client.link().enter();
        Crew.Member<Void> call = rig.crew.run(() -> {
            RegistrationRulesTest.awaitQuietly(answer);
            client.link().exit();
        });
        rig.deregister(provider);
        history.await(What.DETACH_END, client);
        assertThat(history.only(What.DETACH_END, client).outcome()).isEqualTo(NmrStatus.PENDING);
        assertThat(rig.isComplete(provider)).isFalse();
        answer.countDown();
        call.join();
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void D8_deregisterInsideTheClientsCallback_beforeAttach_isNeverAttached() {
        for (boolean clientLeaves : new boolean[] {true, false}) {
            RecordingClient someClient = rig.client("client of " + clientLeaves);
            RecordingProvider someProvider = rig.provider("provider of " + clientLeaves);
            RecordingModule leaving = clientLeaves ? someClient : someProvider;
            someClient.onAttach = link -> {
                rig.deregister(leaving);
                AttachResult result = link.attach();
                assertThat(result).isEqualTo(new Refused(NmrStatus.DELETE_PENDING));
                return result.status();
            };
            rig.registerAll(someClient, someProvider);

            assertThat(rig.await(leaving)).isEqualTo(NmrStatus.SUCCESS);
            assertThat(history.of(someProvider)).isEmpty();
            rig.deregisterAndWait(clientLeaves ? someProvider : someClient);
        }
        assertThat(history.count(What.DETACH)).isZero();
    }

    @Test
    void D8_deregisterInsideTheProvidersCallback_isLetFinishAndDetached() {
        for (boolean clientLeaves : new boolean[] {true, false}) {
            RecordingClient someClient = rig.client("client of " + clientLeaves);
            RecordingProvider someProvider = rig.provider("provider of " + clientLeaves);
            RecordingModule leaving = clientLeaves ? someClient : someProvider;
            RecordingModule staying = clientLeaves ? someProvider : someClient;
            someProvider.onAttach = link -> {
                rig.deregister(leaving);
                return link.accept();
            };
            rig.registerAll(someClient, someProvider);

            assertThat(rig.await(leaving)).isEqualTo(NmrStatus.SUCCESS);
            assertThat(history.only(What.ATTACH_END, someClient).outcome()).isEqualTo(NmrStatus.SUCCESS);
            history.only(What.CLEANUP, staying);
            rig.deregisterAndWait(staying);
        }
    }

    @Test
    void D8_deregisterInsideTheProvidersCallbackThatThenRefuses_theRetryIsRefused() {
        AtomicReference<AttachResult> retry = new AtomicReference<>();
        provider.onAttach = link -> {
            rig.deregister(client);
            return new Refused(NmrStatus.NOINTERFACE);
        };
        client.onAttach = link -> {
            link.attach();
            retry.set(link.attach());
            return retry.get().status();
        };
        rig.registerAll(client, provider);
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(retry.get()).isEqualTo(new Refused(NmrStatus.DELETE_PENDING));
        assertThat(provider.links).hasSize(1);
    }

    @Test
    void D8_deregisterAfterAcceptance_byBothSides_isDetachedOnce() {
        client.onAttach = link -> {
            NmrStatus status = link.attach().status();
            rig.deregister(provider);
            rig.deregister(client);
            assertThat(history.count(What.DETACH)).isZero();
            return status;
        };
        rig.registerAll(client, provider);
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        if (performsInOrder()) {
            assertThat(history.all(What.DETACH)).extracting(Event::link)
                    .containsExactly(provider.link(), client.link());
        }
    }

    @Test
    void D8_deregisterAfterAcceptance_andTheClientThrows_isDetachedOnce() {
        client.onAttach = link -> {
            link.attach();
            rig.deregister(provider);
            throw new IllegalStateException("after all");
        };
        rig.registerAll(client, provider);
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        rig.expectIncident(Kind.CALLBACK_FAILED, "A11");
        history.only(What.CLEANUP, client);
    }

    @Test
    void D10_deregisterAndDetachComplete_returnWhileThePeerIsPending() {
        client.pend();
        provider.pend();
        attached(client, provider);
        assertThat(rig.deregister(client)).isEqualTo(NmrStatus.PENDING);
        rig.awaitBothDetached();
        client.link().complete();
        assertThat(rig.isComplete(client)).isFalse();
        provider.link().complete();
    }
}
