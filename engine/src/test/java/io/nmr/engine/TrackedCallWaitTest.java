package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallChain;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A wait inside a tracked call knows what it holds up (C6). */
class TrackedCallWaitTest extends EngineTest {

    @Test
    void C6_waitInsideATrackedCallOfTheBinding_isRefusedAtOnce() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        attach(client, provider);
        CallChain.enter(client.link().gate.gate());
        try {
            rig.deregister(provider);
            assertThat(rig.await(provider)).isEqualTo(NmrStatus.POSSIBLE_DEADLOCK);
        } finally {
            CallChain.exit(client.link().gate.gate());
        }
        assertThat(rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6").message())
                .contains("provider", "inside a call through gate", "Return from there first");
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C6_waitInsideATrackedCallOfAnotherBinding_waits() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        RecordingProvider unrelated = rig.provider("unrelated");
        unrelated.pend();
        attach(client, provider);
        rig.register(unrelated);
        CallChain.enter(client.allLinks().get(0).gate.gate());
        try {
            rig.deregister(unrelated);
            rig.crew.run(() -> {
                rig.awaitWaiter(unrelated);
                unrelated.link().complete();
            });
            assertThat(rig.await(unrelated)).isEqualTo(NmrStatus.SUCCESS);
        } finally {
            CallChain.exit(client.allLinks().get(0).gate.gate());
        }
    }

    @Test
    void C6_twoThreadsWaitForEachOther_insideTrackedCalls_oneIsRefused() {
        RecordingClient first = rig.client("first");
        RecordingProvider firsts = rig.provider("first's");
        RecordingClient second = rig.client("second", new NpiId(UUID.randomUUID()));
        RecordingProvider seconds = rig.provider("second's", second.instance.npiId());
        attach(first, firsts);
        attach(second, seconds);
        CountDownLatch inside = new CountDownLatch(2);
        Crew.Member<NmrStatus> one = rig.crew.start(() -> waitInside(first, seconds, inside));
        Crew.Member<NmrStatus> other = rig.crew.start(() -> waitInside(second, firsts, inside));

        assertThat(List.of(one.join(), other.join()))
                .containsExactlyInAnyOrder(NmrStatus.POSSIBLE_DEADLOCK, NmrStatus.SUCCESS);
        rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6");
    }

    private NmrStatus waitInside(RecordingClient caller, RecordingProvider goes, CountDownLatch inside) {
        CallChain.enter(caller.link().gate.gate());
        try {
            inside.countDown();
            RegistrationRulesTest.awaitQuietly(inside);
            rig.deregister(goes);
            return rig.await(goes);
        } finally {
            CallChain.exit(caller.link().gate.gate());
        }
    }

    /** With a gate that the client announces, and that its detach callback closes. */
    private void attach(RecordingClient client, RecordingProvider provider) {
        client.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        rig.registerAll(client, provider);
    }
}
