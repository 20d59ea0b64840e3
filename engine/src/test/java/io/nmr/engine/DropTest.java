package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.engine.History.What;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** O3: a binding that is given up by itself, and one that is dropped while overdue. */
class DropTest extends EngineTest {

    private final RecordingClient[] clients = new RecordingClient[2];
    private RecordingProvider provider;

    /** A provider that deregisters, and clients of which each owes its completion. */
    private void pending(int howMany) {
        provider = rig.register(rig.provider("provider"));
        for (int i = 0; i < howMany; i++) {
            clients[i] = rig.client("client " + i);
            clients[i].pend();
            rig.register(clients[i]);
        }
        rig.deregister(provider);
        history.await("all answered", () -> rig.engine.view().bindings().stream()
                .allMatch(binding -> binding.client().owes() == Owes.COMPLETION
                        && binding.provider().owes() == Owes.NOTHING));
    }

    private long binding(int client) {
        return clients[client].link().binding().id();
    }

    @Test
    void O3_abandonOfOneBinding_theOthersAreStillWaitedFor() {
        pending(2);
        Crew.Member<NmrStatus> waiting = rig.crew.start(() -> rig.await(provider));
        waiting.awaitBlocked();
        assertThat(rig.engine.abandon(binding(0))).isTrue();
        assertThat(rig.state(provider)).isEqualTo(ModuleState.DEREGISTERING);
        assertThat(rig.engine.view().bindings()).extracting(BindingSnapshot::overdue).containsExactly(true, false);

        clients[0].link().complete();
        clients[1].link().complete();
        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void O3_abandonOfTheLastBinding_abandonsTheModule_andItsWaitsReturn() {
        pending(2);
        Crew.Member<NmrStatus> waiting = rig.crew.start(() -> rig.await(provider));
        waiting.awaitBlocked();
        rig.engine.abandon(binding(0));
        rig.engine.abandon(binding(1));
        assertThat(waiting.join()).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(rig.state(provider)).isEqualTo(ModuleState.ABANDONED);
        assertThat(rig.state(clients[0])).isEqualTo(ModuleState.REGISTERED);

        clients[0].link().complete();
        clients[1].link().complete();
        history.await("both cleaned up", () -> rig.isComplete(provider));
    }

    @Test
    void O3_abandonOfOneBinding_whenTheOthersHaveEnded_theWaitReturns() {
        pending(2);
        Crew.Member<NmrStatus> waiting = rig.crew.start(() -> rig.await(provider));
        waiting.awaitBlocked();
        rig.engine.abandon(binding(0));
        clients[1].link().complete();
        assertThat(waiting.join()).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(rig.state(provider)).isEqualTo(ModuleState.ABANDONED);

        clients[0].link().complete();
        history.await("cleaned up", () -> rig.isComplete(provider));
    }

    /** The provider gave up what the client still owes; the client's own stop waits for that all the same (O2). */
    @Test
    void O3_overdueForTheOtherSide_isWaitedForByItsOwn() {
        pending(1);
        RecordingProvider staying = rig.register(rig.provider("staying"));
        rig.engine.abandon(List.of(provider.registration));
        rig.deregister(clients[0]);
        history.await("told", () -> history.count(What.DETACH_END, clients[0]) == 2);
        Link other = clients[0].allLinks().get(1);
        other.complete();
        history.await("the other binding is gone", () -> rig.engine.view().bindings().size() == 1);
        assertThat(rig.state(clients[0])).isEqualTo(ModuleState.DEREGISTERING);

        clients[0].allLinks().get(0).complete();
        assertThat(rig.await(clients[0])).isEqualTo(NmrStatus.SUCCESS);
        rig.deregisterAndWait(staying);
    }

    @Test
    void O3_abandonOfWhatIsNotLeaving_orOverdue_orGone_changesNothing() {
        RecordingClient client = rig.client("client");
        attached(client, rig.provider("staying"));
        long attached = client.link().binding().id();
        assertThat(rig.engine.abandon(attached)).isFalse();
        assertThat(rig.engine.drop(attached)).isFalse();
        client.pend();
        rig.deregister(client);
        assertThat(rig.engine.drop(attached)).as("not overdue").isFalse();
        assertThat(rig.engine.abandon(attached)).isTrue();
        assertThat(rig.engine.abandon(attached)).as("overdue already").isFalse();
        rig.awaitBothDetached();
        client.link().complete();
        history.await("gone", () -> rig.isComplete(client));
        assertThat(rig.engine.abandon(attached)).isFalse();
        assertThat(rig.engine.drop(attached)).isFalse();
        assertThat(rig.told.events.countOf(OfBinding.Kind.OVERDUE)).isEqualTo(1);
    }

    @Test
    void O3_drop_callsNobody_andTheDeregistrationCompletesWithTheLast() {
        pending(2);
        rig.engine.abandon(List.of(provider.registration));
        assertThat(rig.engine.drop(binding(0))).isTrue();
        assertThat(rig.engine.drop(binding(0))).as("a second time").isFalse();
        assertThat(rig.isComplete(provider)).isFalse();
        assertThat(rig.engine.drop(binding(1))).isTrue();

        assertThat(rig.isComplete(provider)).isTrue();
        assertThat(rig.engine.view().bindings()).isEmpty();
        assertThat(history.count(What.CLEANUP)).isZero();
        assertThat(rig.told.events.countOf(OfBinding.Kind.DROPPED)).isEqualTo(2);
        assertThat(rig.told.events.countOf(OfBinding.Kind.DETACHED)).isZero();
    }

    @Test
    void O3_aCompletionAfterTheDrop_isHarmlessAndNoError() {
        pending(1);
        rig.engine.abandon(List.of(provider.registration));
        rig.engine.drop(binding(0));
        clients[0].link().complete();
        clients[0].link().complete();
        assertThat(history.count(What.CLEANUP)).isZero();
        assertThat(rig.incidents).isEmpty();
    }

    @Test
    void O3_theStageOfTheDeregistrationCompletes_withTheDrop() {
        pending(1);
        rig.engine.abandon(List.of(provider.registration));
        boolean[] done = new boolean[1];
        provider.registration.deregistration().thenRun(() -> done[0] = true);
        rig.engine.drop(binding(0));
        history.await("the stage", () -> done[0]);
    }

    /** The detach callback of the client is still running when the binding is dropped: it returns into nothing. */
    private void dropInsideDetach(NmrStatus answer, RuntimeException thrown) throws InterruptedException {
        RecordingClient client = rig.client("client");
        provider = rig.provider("provider");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        client.onDetach = link -> {
            inside.countDown();
            awaitQuietly(release);
            if (thrown != null) {
                throw thrown;
            }
            return answer;
        };
        attached(client, provider);
        Crew.Member<NmrStatus> leaving = rig.crew.start(() -> rig.deregister(client));
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        rig.engine.abandon(List.of(client.registration));
        assertThat(rig.engine.drop(client.link().binding().id())).isTrue();
        assertThat(rig.isComplete(client)).isTrue();
        release.countDown();
        leaving.join();
        assertThat(history.count(What.CLEANUP)).isZero();
        assertThat(history.count(What.DETACH, provider)).as("the other side was due, and is not told any more").isZero();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void O3_aDetachCallbackStillRunning_returnsIntoNothing_success() throws InterruptedException {
        dropInsideDetach(NmrStatus.SUCCESS, null);
    }

    @Test
    void O3_aDetachCallbackStillRunning_returnsIntoNothing_pending() throws InterruptedException {
        dropInsideDetach(NmrStatus.PENDING, null);
    }

    @Test
    void O3_aDetachCallbackStillRunning_throwsIntoNothing_andThatIsReported() throws InterruptedException {
        dropInsideDetach(null, new IllegalStateException("the module of a test"));
        assertThat(rig.expectIncident(OfIncident.Kind.CALLBACK_FAILED, "D9").message())
                .contains("nothing follows, because its binding was dropped meanwhile");
    }

    @Test
    void O3_dropOfOneThatIsLeftToItsGate_theLastExitChangesNothing() {
        RecordingClient client = rig.client("client");
        client.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        client.onDetach = link -> {
            throw new IllegalStateException("the module of a test");
        };
        attached(client, rig.provider("provider"));
        CallGate gate = client.link().gate.gate();
        int token = gate.enter();
        rig.deregister(client);
        rig.expectIncident(OfIncident.Kind.CALLBACK_FAILED, "D9");
        rig.engine.abandon(List.of(client.registration));
        assertThat(rig.engine.drop(client.link().binding().id())).isTrue();
        gate.exit(token);
        assertThat(history.count(What.CLEANUP)).isZero();
    }

    @Test
    void O3_dropWhileACleanupIsRunning_theOtherSideIsNotCleanedUp() {
        RecordingClient client = rig.client("client");
        provider = rig.provider("provider");
        client.onCleanup = link -> {
            rig.engine.abandon(List.of(client.registration));
            assertThat(rig.engine.drop(link.binding().id())).isTrue();
        };
        attached(client, provider);
        rig.deregister(client);
        history.await("gone", () -> rig.isComplete(client));
        assertThat(history.count(What.CLEANUP, client)).isEqualTo(1);
        assertThat(history.count(What.CLEANUP, provider)).isZero();
    }

    @Test
    void D8_overdueInsideItsAttachCallback_isNotDropped_butLetReturn() {
        RecordingClient client = rig.client("client");
        client.onAttach = link -> {
            rig.deregister(client);
            assertThat(rig.engine.abandon(link.binding().id())).as("it is on its way out").isTrue();
            assertThat(rig.engine.drop(link.binding().id())).isFalse();
            return link.attach().status();
        };
        rig.registerAll(rig.provider("provider"), client);
        history.await("gone", () -> rig.isComplete(client));
        assertThat(rig.told.of(client.link().binding().id()))
                .containsExactly(OfBinding.Kind.OFFERED, OfBinding.Kind.OVERDUE, OfBinding.Kind.REFUSED);
    }

    /** Inside the callback of a binding that was dropped, nothing of it holds a wait up any more. */
    @Test
    void C6_waitInsideTheCallbackOfADroppedBinding_isLegal() {
        RecordingClient client = rig.client("client");
        client.onDetach = link -> {
            rig.engine.abandon(link.binding().id());
            rig.engine.drop(link.binding().id());
            assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
            return NmrStatus.SUCCESS;
        };
        attached(client, rig.provider("provider"));
        rig.deregister(client);
        assertThat(rig.isComplete(client)).isTrue();
    }
}
