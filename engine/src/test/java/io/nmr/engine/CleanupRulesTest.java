package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.History.Event;
import io.nmr.engine.History.What;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** C1, C2, C4 and C5; C3 is {@link WaitRulesTest}, C6 {@link ReentrancyTest}. */
class CleanupRulesTest extends EngineTest {

    private RecordingClient client;
    private RecordingProvider provider;

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
    }

    @Test
    void C1_bothCleanupsOnce_whenBothSidesHaveCompleted_andNotBefore() {
        client.pend();
        provider.pend();
        attached(client, provider);
        rig.deregister(provider);
        rig.awaitBothDetached();
        provider.link().complete();
        assertThat(history.count(What.CLEANUP)).isZero();
        client.link().complete();
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);

        assertThat(history.all(What.CLEANUP)).extracting(Event::link)
                .containsExactlyInAnyOrder(client.link(), provider.link());
    }

    @Test
    void C1_aCleanupThatThrows_doesNotKeepTheOtherFromBeingCalled() {
        attached(client, provider);
        RuntimeException thrown = new RuntimeException("cannot clean");
        for (RecordingModule module : List.of(client, provider)) {
            module.onCleanup = link -> {
                throw thrown;
            };
        }
        rig.deregisterAndWait(client);

        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
        assertThat(rig.expectIncident(Kind.CALLBACK_FAILED, "C1").cause()).isSameAs(thrown);
        assertThat(rig.expectIncident(Kind.CALLBACK_FAILED, "C1").message()).contains("cleanup");
    }

    @Test
    void C1_anErrorInCleanup_isContainedToo() {
        attached(client, provider);
        client.onCleanup = link -> {
            throw new StackOverflowError("provoked");
        };
        rig.deregisterAndWait(client);
        rig.expectIncident(Kind.CALLBACK_FAILED, "C1");
        history.only(What.CLEANUP, provider);
    }

    @Test
    void C1_everyCallback_runsWithoutTheLockOfTheNpi() {
        for (RecordingModule module : List.of(client, provider)) {
            module.inEveryCallback = what -> rig.crew.elsewhere(() -> {
                RecordingClient another = rig.client("registered during " + what);
                another.onAttach = link -> NmrStatus.NOINTERFACE;
                return rig.register(another);
            });
        }
        attached(client, provider);
        rig.deregisterAndWait(provider);
        assertThat(rig.modules).hasSizeGreaterThanOrEqualTo(2 + 6);
    }

    @Test
    void C2_deregisterAnswersPending_andIsCompleteWhenAllBindingsAreCleanedUp() {
        RecordingClient other = rig.client("other");
        other.pend();
        rig.registerAll(client, other, provider);

        assertThat(rig.deregister(provider)).isEqualTo(NmrStatus.PENDING);
        history.await("two detached", () -> history.count(What.DETACH_END, provider) == 2);
        history.await("one cleaned up", () -> history.count(What.CLEANUP_END, provider) == 1);
        history.await(What.DETACH_END, other);
        assertThat(rig.isComplete(provider)).isFalse();
        other.link().complete();
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.isComplete(provider)).isTrue();
        assertThat(history.count(What.CLEANUP, provider)).isEqualTo(2);
    }

    @Test
    void C2_withoutBindings_isCompleteAtOnce() {
        rig.register(provider);
        assertThat(rig.deregister(provider)).isEqualTo(NmrStatus.PENDING);
        assertThat(rig.isComplete(provider)).isTrue();
    }

    @Test
    void C2_preparedAndNeverRegistered_isCompleteAtOnce_andRegistersNoMore() {
        rig.register(provider);
        rig.prepare(client);
        assertThat(rig.deregister(client)).isEqualTo(NmrStatus.PENDING);
        assertThat(rig.engine.register(client.registration)).isFalse();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.events()).isEmpty();
    }

    @Test
    void C2_deregisteredTwice_theSecondChangesNothing() {
        provider.pend();
        attached(client, provider);
        rig.deregister(client);
        assertThat(rig.engine.deregisterClient(client.clientRegistration())).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.expectIncident(Kind.PROTOCOL_ERROR, "C2").message()).contains("client", "before");
        history.await(What.DETACH_END, provider);
        provider.link().complete();
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.engine.deregister(client.registration)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "C2");
    }

    @Test
    void C4_afterTheWait_noCallbackOfTheModuleComesAnyMore() {
        attached(client, provider);
        rig.deregisterAndWait(client);
        int events = history.of(client).size();
        rig.deregisterAndWait(provider);
        rig.register(rig.provider("later"));
        assertThat(history.of(client)).hasSize(events);
    }

    @Test
    void C5_bothSidesDeregister_oneDetachOneCleanupEach_bothComplete() {
        client.pend();
        provider.pend();
        attached(client, provider);
        rig.crew.start(() -> rig.deregister(client));
        rig.crew.start(() -> rig.deregister(provider));
        rig.crew.join();
        rig.awaitBothDetached();
        rig.crew.run(client.link()::complete);
        rig.crew.run(provider.link()::complete);
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.count(What.DETACH)).isEqualTo(2);
    }

    @Test
    void C5_theOtherSideDeregistersDuringTheCleanup_bothComplete() {
        attached(client, provider);
        client.onCleanup = link -> rig.deregister(provider);
        rig.deregisterAndWait(client);
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }
}
