package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** R7: what the engine keeps, and what it does not. */
class KeptTest extends EngineTest {

    private static NetworkModule module(RecordingModule of) {
        return (NetworkModule) of.registration;
    }

    private static List<NetworkModule> listed(Npi npi) {
        List<NetworkModule> listed = new ArrayList<>();
        npi.forEachModuleSeen(listed::add);
        return listed;
    }

    @Test
    void R7_deregisteredModule_isInNoListOfItsNpi() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        RecordingClient staying = rig.client("staying");
        rig.registerAll(client, provider, staying);
        Npi npi = module(staying).npi;
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
        Npi npi = module(client).npi;
        assertThat(rig.engine.npisInUse()).isEqualTo(1);
        assertThat(npi.tryUse()).isTrue();
        assertThat(npi.endUse()).as("the last").isFalse();

        rig.deregisterAndWait(client);
        assertThat(rig.engine.npisInUse()).isZero();
        assertThat(npi.tryUse()).isFalse();
        RecordingClient later = rig.register(rig.client("later"));
        assertThat(module(later).npi).isNotSameAs(npi);
    }

    @Test
    void npi_isCalledByItsName_andByItsId() {
        RecordingClient client = rig.client("client");
        RecordingClient named = rig.client("named", new NpiId(UUID.randomUUID()));
        named.npiName = "lookup";
        rig.registerAll(client, named);
        assertThat(module(client)).hasToString(module(client).name + ", NPI " + rig.npi);
        assertThat(module(named)).hasToString(module(named).name + ", NPI lookup (" + named.instance.npiId() + ")");
    }

    @Test
    void R7_waitThatRanOutOfTime_isNotKeptByTheModule() {
        RecordingClient client = rig.client("client");
        client.pend();
        attached(client, rig.provider("provider"));
        rig.deregister(client);
        assertThat(rig.await(client, Duration.ofNanos(1))).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(module(client).npi.<Waiter>commit(effects -> module(client).waiter())).isNull();
        client.link().complete();
    }

    @Test
    void R7_waitInsideACallback_isNotListedOnceItHasEnded() {
        RecordingClient client = rig.client("client");
        RecordingProvider unrelated = rig.provider("unrelated", new NpiId(UUID.randomUUID()));
        RecordingClient pending = rig.client("pending", unrelated.instance.npiId());
        pending.pend();
        rig.registerAll(unrelated, pending);
        Waits waits = module(unrelated).npi.registry.waits;
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

        assertThat(module(client).npi.<Waiter>commit(effects -> module(client).waiter())).isNull();
        client.link().complete();
        assertThat(rig.isComplete(client)).isTrue();
    }
}
