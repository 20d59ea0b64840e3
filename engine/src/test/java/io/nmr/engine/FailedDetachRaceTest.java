package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A detach callback closes its gate, and then fails: the gate and the side itself may both complete it (D9). */
class FailedDetachRaceTest extends EngineTest {

    private RecordingClient client;
    private RecordingProvider provider;

    @BeforeEach
    void attach() {
        client = rig.client("client");
        provider = rig.provider("provider");
        client.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        rig.registerAll(client, provider);
    }

    @Test
    void D9_theGateIsFasterThanTheSidesOwnCompletion_whichThenChangesNothing() {
        Link link = client.link();
        link.enter();
        client.onDetach = binding -> {
            // the completion of this close stands for one whose thread has not come to it yet
            assertThat(binding.gate.close(() -> { })).isEqualTo(NmrStatus.PENDING);
            binding.exit();
            throw new IllegalStateException("after closing the gate");
        };
        rig.deregister(provider);
        rig.expectIncident(Kind.CALLBACK_FAILED, "D9");
        link.complete();

        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        assertThatThrownBy(link.handle::detachComplete).isInstanceOf(NmrException.class);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "D6");
    }

    @Test
    void D9_theGateWasOpen_aCompletionOfTheSidesOwnIsAnError() {
        client.onDetach = binding -> {
            throw new IllegalStateException("before closing the gate");
        };
        rig.deregister(provider);
        rig.expectIncident(Kind.CALLBACK_FAILED, "D9");

        assertThatThrownBy(client.link().handle::detachComplete).isInstanceOf(NmrException.class);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "D6");
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }
}
