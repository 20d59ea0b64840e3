package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.engine.effects.CallbackChain;
import io.nmr.engine.state.Inspect;
import io.nmr.engine.state.NetworkModule;
import io.nmr.engine.state.NpiGroup;
import io.nmr.engine.waiting.WaitGraph;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** R7: what the engine keeps, and what it does not. */
class KeptTest extends EngineTest {

    private static NetworkModule module(RecordingModule of) {
        return (NetworkModule) of.registration;
    }

    private static Collection<NetworkModule> listed(NpiGroup group) {
        return group.modules();
    }

    @Test
    void R7_deregisteredModule_isInNoListOfItsNpi() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        RecordingClient staying = rig.client("staying");
        rig.registerAll(client, provider, staying);
        NpiGroup npi = module(staying).group();
        assertThat(listed(npi)).hasSize(3);

        rig.deregisterAndWait(client);
        assertThat(listed(npi)).containsExactly(module(staying), module(provider));
        rig.deregisterAndWait(provider);
        assertThat(listed(npi)).containsExactly(module(staying));
    }

    @Test
    void R7_npi_isInUseWhileAModuleOfItIs_andNotTakenIntoUseAgain() {
        RecordingClient client = rig.client("client");
        rig.register(client);
        NpiGroup npi = module(client).group();
        assertThat(rig.engine.registry.size()).isEqualTo(1);

        rig.deregisterAndWait(client);
        assertThat(rig.engine.registry.size()).isZero();
        RecordingClient later = rig.register(rig.client("later"));
        assertThat(module(later).group()).isNotSameAs(npi);
    }

    @Test
    void npi_isCalledByItsName_andByItsId() {
        RecordingClient client = rig.client("client");
        RecordingClient named = rig.client("named", new NpiId(UUID.randomUUID()));
        named.npiName = "lookup";
        rig.registerAll(client, named);
        assertThat(module(client)).hasToString(module(client).ref() + ", NPI " + rig.npi);
        assertThat(module(named)).hasToString(module(named).ref() + ", NPI lookup (" + named.instance.npiId() + ")");
    }

    @Test
    void R7_waitThatRanOutOfTime_isNotKeptByTheModule() {
        RecordingClient client = rig.client("client");
        client.pend();
        attached(client, rig.provider("provider"));
        rig.deregister(client);
        assertThat(rig.await(client, Duration.ofNanos(1))).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(Inspect.isWaitedFor(client.registration)).isFalse();
        client.link().complete();
    }

    @Test
    void R7_waitInsideACallback_isNotListedOnceItHasEnded() {
        RecordingClient client = rig.client("client");
        RecordingProvider unrelated = rig.provider("unrelated", new NpiId(UUID.randomUUID()));
        RecordingClient pending = rig.client("pending", unrelated.instance.npiId());
        pending.pend();
        rig.registerAll(unrelated, pending);
        WaitGraph waits = rig.engine.waits;
        List<Integer> listed = new ArrayList<>();
        client.onAttach = link -> {
            rig.deregister(unrelated);
            rig.crew.run(() -> {
                rig.awaitWaiter(unrelated);
                listed.add(waits.size());
                pending.link().complete();
            });
            assertThat(rig.await(unrelated)).isEqualTo(NmrStatus.SUCCESS);
            listed.add(waits.size());
            return link.attach().status();
        };
        rig.registerAll(rig.provider("provider"), client);
        assertThat(listed).containsExactly(1, 0);
    }

    /** The end of one wait inside a callback is not that of another, and neither is refused for the other. */
    @Test
    void C6_waitsInsideCallbacks_ofTwoThreads_areListedApart() {
        RecordingClient[] callers = {rig.client("caller 0"), rig.client("caller 1", new NpiId(UUID.randomUUID()))};
        RecordingClient[] pending = new RecordingClient[2];
        RecordingProvider[] waitedFor = new RecordingProvider[2];
        for (int i = 0; i < 2; i++) {
            waitedFor[i] = rig.provider("waited for " + i, new NpiId(UUID.randomUUID()));
            pending[i] = rig.client("pending " + i, waitedFor[i].instance.npiId());
            pending[i].pend();
            rig.registerAll(waitedFor[i], pending[i]);
            rig.deregister(waitedFor[i]);
        }
        WaitGraph waits = rig.engine.waits;
        callers[0].onAttach = link -> {
            assertThat(rig.await(waitedFor[0])).isEqualTo(NmrStatus.SUCCESS);
            return link.attach().status();
        };
        callers[1].onAttach = link -> {
            assertThat(rig.await(waitedFor[1], Duration.ofNanos(1))).isEqualTo(NmrStatus.TIMEOUT);
            assertThat(waits.size()).as("the other's").isEqualTo(1);
            return link.attach().status();
        };
        rig.register(rig.provider("provider 0"));
        rig.register(rig.provider("provider 1", callers[1].instance.npiId()));

        Crew.Member<RecordingClient> waiting = rig.crew.start(() -> rig.register(callers[0]));
        rig.awaitWaiter(waitedFor[0]);
        rig.register(callers[1]);
        assertThat(waits.size()).isEqualTo(1);
        pending[0].link().complete();
        waiting.join();
        assertThat(waits.size()).isZero();
        pending[1].link().complete();
    }

    @Test
    void C2_actionOfAStage_isOverWhenItHasReturned() {
        RecordingClient client = rig.register(rig.client("client"));
        boolean[] inside = new boolean[1];
        client.registration.deregistration().thenRun(() -> inside[0] = !CallbackChain.isEmpty());
        rig.deregisterAndWait(client);
        assertThat(inside[0]).as("inside a callback while it ran").isTrue();
        assertThat(CallbackChain.isEmpty()).isTrue();
    }

    /** Whoever decides what becomes of the overdue fails: the wait ends with that, and nothing is handed to it any more. */
    @Test
    void T2_waitThatFails_leavesItsModulesAsIfNobodyHadWaited() {
        RecordingClient client = rig.client("client");
        client.pend();
        attached(client, rig.provider("provider"));
        client.leaves();
        assertThatThrownBy(() -> rig.engine.drain(Map.of(client.registration, Duration.ZERO), overdue -> {
            throw new IllegalStateException("of a test");
        })).hasMessage("of a test");

        assertThat(Inspect.isWaitedFor(client.registration)).isFalse();
        client.link().complete();
        assertThat(rig.isComplete(client)).isTrue();
    }
}
