package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.Registration;
import io.nmr.engine.History.What;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many registrations ended at once, as a framework that stops ends them. */
class DeregisterAllTest extends EngineTest {

    private List<Registration> registrations() {
        return rig.modules.stream().map(module -> module.registration).toList();
    }

    private void deregisterAll(List<Registration> registrations) {
        rig.modules.stream()
                .filter(module -> registrations.contains(module.registration))
                .forEach(RecordingModule::leaves);
        rig.engine.deregisterAll(registrations);
    }

    private void register(int clients, int providers, NpiId npi) {
        for (int i = 0; i < clients; i++) {
            rig.register(rig.client("client " + i, npi));
        }
        for (int i = 0; i < providers; i++) {
            rig.register(rig.provider("provider " + i, npi));
        }
    }

    @Test
    void C5_bothSidesOfEachBinding_ofSeveralNpis_areDetachedOnce() {
        register(3, 4, rig.npi);
        register(2, 2, new NpiId(UUID.randomUUID()));

        deregisterAll(registrations());

        assertThat(rig.drain(registrations(), Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.count(What.DETACH)).isEqualTo(2 * (3 * 4 + 2 * 2));
        assertThat(rig.engine.registry.size()).isZero();
    }

    @Test
    void D1_allAreDeregistered_beforeTheFirstCallbackFollows() {
        register(2, 3, rig.npi);
        List<RecordingModule> leaving = List.copyOf(rig.modules);
        List<Integer> offered = new ArrayList<>();
        for (RecordingModule module : leaving) {
            module.onDetach = link -> {
                RecordingClient late = rig.register(rig.client("late"));
                offered.add(late.links.size());
                return link.close();
            };
        }

        deregisterAll(registrations());

        assertThat(offered).hasSize(2 * 2 * 3).containsOnly(0);
    }

    @Test
    void C2_someAreDeregisteredAlready_theOthersFollow_andNothingIsReported() {
        register(2, 2, rig.npi);
        rig.prepare(rig.client("prepared"));
        RecordingModule first = rig.modules.peek();
        rig.deregisterAndWait(first);
        List<Registration> twice = new ArrayList<>(registrations());
        twice.addAll(registrations());

        deregisterAll(twice);

        assertThat(rig.drain(twice, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2 * 2 * 2);
    }

    @Test
    void C6_aWaitInsideTheFirstDetach_forTheModuleWhoseNoticesStandLast() {
        NpiId other = new NpiId(UUID.randomUUID());
        RecordingClient client = rig.client("client");
        RecordingClient lastClient = rig.client("last client", other);
        RecordingProvider last = rig.provider("last", other);
        rig.registerAll(client, rig.provider("provider"), lastClient, last);
        client.onDetach = link -> {
            assertThat(rig.await(last)).isEqualTo(NmrStatus.SUCCESS);
            return link.close();
        };

        deregisterAll(registrations());

        history.only(What.CLEANUP, lastClient);
    }

    @Test
    void none_isLegal() {
        rig.engine.deregisterAll(List.of());
        assertThat(rig.drain(List.of(), Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
    }
}
