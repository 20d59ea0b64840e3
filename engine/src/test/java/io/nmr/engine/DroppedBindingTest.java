package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.engine.state.Inspect;
import io.nmr.engine.state.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** O3: what is left of a binding that was given up or dropped, and of one that ended. */
class DroppedBindingTest extends EngineTest {

    private static Phase phase(Link link) {
        return Inspect.phase(link.handle);
    }

    @Test
    void O3_abandonOfTheLastBindingOfAClient_abandonsTheClient() {
        RecordingClient client = rig.client("client");
        client.pend();
        attached(client, rig.provider("provider"));
        rig.deregister(client);
        rig.awaitBothDetached();

        assertThat(rig.engine.abandon(client.link().binding().id())).isTrue();

        assertThat(rig.state(client)).isEqualTo(ModuleState.ABANDONED);
        client.link().complete();
        assertThat(rig.isComplete(client)).isTrue();
    }

    @Test
    void O3_completionsOfBothSidesAfterTheDrop_howeverOften_areNoErrors() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        client.pend();
        provider.pend();
        attached(client, provider);
        rig.deregister(client);
        rig.awaitBothDetached();
        rig.engine.abandon(List.of(client.registration));
        assertThat(rig.engine.drop(client.link().binding().id())).isTrue();

        for (int i = 0; i < 2; i++) {
            client.link().complete();
            provider.link().complete();
        }

        assertThat(rig.incidents).isEmpty();
        assertThat(history.count(History.What.CLEANUP)).isZero();
        assertThat(phase(client.link())).isEqualTo(Phase.GONE);
    }

    @Test
    void C6_insideTheCallbackOfADroppedBinding_theOthersOfItsModuleAreWaitedFor() {
        RecordingClient client = rig.client("client");
        client.onDetach = link -> {
            if (link != client.allLinks().get(0)) {
                return link.close();
            }
            assertThat(rig.engine.abandon(link.binding().id())).isTrue();
            assertThat(rig.engine.drop(link.binding().id())).isTrue();
            assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
            return NmrStatus.SUCCESS;
        };
        rig.registerAll(client, rig.provider("first"), rig.provider("second"));
        rig.deregister(client);
        assertThat(rig.isComplete(client)).isTrue();
    }

    @Test
    void C1_afterBothCleanups_theBindingIsGone_andNotBefore() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        client.onCleanup = link -> assertThat(phase(link)).isEqualTo(Phase.CLEANING);
        attached(client, provider);
        Link link = client.link();
        rig.deregisterAndWait(client);
        assertThat(phase(link)).isEqualTo(Phase.GONE);
        assertThat(link.handle.toString()).contains(" for " + link.binding());
    }

    @Test
    void D9_consequenceOfAFailedDetach_whereNothingWasDropped() {
        RecordingClient client = rig.client("client");
        client.onDetach = link -> {
            throw new IllegalStateException("of a test");
        };
        attached(client, rig.provider("provider"));
        rig.deregisterAndWait(client);
        assertThat(rig.expectIncident(OfIncident.Kind.CALLBACK_FAILED, "D9").message())
                .contains("it stands for SUCCESS, because no gate was announced");
    }
}
