package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.engine.History.What;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What operations touch, counted and not timed. */
class CostShapeTest extends EngineTest {

    private static final int MANY = 20_000;

    /** A client of many registrations that only counts: nothing is kept of so many. */
    private final class CountingClient implements ClientCharacteristics {

        private final RegistrationInstance instance =
                RegistrationInstance.of(rig.npi, new ModuleId.Guid(new UUID(1, 1)), 1, null);
        private int attached;
        private int detached;
        private int cleanedUp;
        private boolean pends;
        private final List<ClientBindingHandle> handles = new ArrayList<>();

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return instance;
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            attached++;
            handles.add(handle);
            return handle.attach(this, null).status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            detached++;
            return pends ? NmrStatus.PENDING : NmrStatus.SUCCESS;
        }

        @Override
        public void cleanupClientBindingContext(Object bindingContext) {
            cleanedUp++;
        }
    }

    private List<ClientRegistration> registerMany(CountingClient client) {
        List<ClientRegistration> registrations = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            registrations.add(rig.engine.registerClient(client));
        }
        return registrations;
    }

    private void deregisterAll(List<ClientRegistration> clients) {
        clients.forEach(client -> assertThat(rig.engine.deregisterClient(client)).isEqualTo(NmrStatus.PENDING));
        assertThat(rig.drain(clients, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
    }

    private final class CountingProvider implements ProviderCharacteristics {

        private final RegistrationInstance instance =
                RegistrationInstance.of(rig.npi, new ModuleId.Guid(new UUID(2, 2)), 1, null);
        private int cleanedUp;

        @Override
        public RegistrationInstance providerRegistrationInstance() {
            return instance;
        }

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object registrationContext,
                RegistrationInstance client,
                Object clientBindingContext,
                Object clientDispatch) {
            return new AttachResult.Attached(null, "dispatch");
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }

        @Override
        public void cleanupProviderBindingContext(Object bindingContext) {
            cleanedUp++;
        }
    }

    @Test
    void twentyThousandBindingsOfOneModule_endInOneGo() {
        CountingClient client = new CountingClient();
        CountingProvider counting = new CountingProvider();
        List<ClientRegistration> clients = registerMany(client);
        ProviderRegistration provider = rig.engine.registerProvider(counting);
        assertThat(client.attached).isEqualTo(MANY);

        assertThat(rig.engine.deregisterProvider(provider)).isEqualTo(NmrStatus.PENDING);
        assertThat(rig.engine.waitForProviderDeregisterComplete(provider, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);

        assertThat(client.detached).isEqualTo(MANY);
        assertThat(client.cleanedUp).isEqualTo(MANY);
        assertThat(counting.cleanedUp).isEqualTo(MANY);
        deregisterAll(clients);
    }

    @Test
    void twentyThousandPendingBindings_completedWhileOneThreadWaits_endInOneGo() {
        CountingClient client = new CountingClient();
        CountingProvider counting = new CountingProvider();
        client.pends = true;
        List<ClientRegistration> clients = registerMany(client);
        ProviderRegistration provider = rig.engine.registerProvider(counting);
        assertThat(rig.engine.deregisterProvider(provider)).isEqualTo(NmrStatus.PENDING);
        Crew.Member<NmrStatus> waiting =
                rig.crew.start(() -> rig.engine.waitForProviderDeregisterComplete(provider, Rig.LONG));
        waiting.awaitBlocked();

        client.handles.forEach(ClientBindingHandle::detachComplete);

        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(client.cleanedUp).isEqualTo(MANY);
        assertThat(counting.cleanedUp).isEqualTo(MANY);
        deregisterAll(clients);
    }

    @Test
    void deregistering_touchesOwnBindingsOnly() {
        RecordingProvider staying = rig.register(rig.provider("staying"));
        RecordingProvider leaving = rig.register(rig.provider("leaving"));
        List<RecordingClient> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(rig.register(rig.client("client " + i)));
        }
        List<BindingSnapshot> before = rig.engine.view().bindings(List.of(staying.registration));

        rig.deregisterAndWait(leaving);

        assertThat(rig.engine.view().bindings(List.of(staying.registration))).isEqualTo(before).hasSize(50);
        assertThat(history.whats(staying)).containsOnly(What.ATTACH, What.ATTACH_END);
        assertThat(clients).allSatisfy(client -> assertThat(history.count(What.DETACH, client)).isEqualTo(1));
    }

    @Test
    void sides_leaveTheListOfTheirModuleInAnyOrder() {
        RecordingProvider provider = rig.register(rig.provider("provider"));
        List<RecordingClient> clients = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            clients.add(rig.register(rig.client("client " + i)));
        }
        for (int i : new int[] {4, 0, 8, 7, 1, 3, 5, 2, 6}) {
            rig.deregisterAndWait(clients.get(i));
            clients.set(i, null);
            long left = clients.stream().filter(client -> client != null).count();
            assertThat(rig.engine.view().bindings(List.of(provider.registration))).hasSize((int) left);
        }
    }

    @Test
    void bindings_areListedOnceEach_alsoOfBothModulesWhileTheyLeave() {
        RecordingClient client = rig.client("client");
        RecordingProvider provider = rig.provider("provider");
        client.pend();
        attached(client, provider);
        rig.deregister(client);
        List<BindingSnapshot> snapshots =
                rig.engine.view().bindings(List.of(client.registration, provider.registration, client.registration));
        assertThat(snapshots).hasSize(1);
        assertThat(snapshots.get(0).state()).isEqualTo(BindingState.DETACHING);
        assertThat(snapshots.get(0).leavingFor()).isPositive();
        assertThat(snapshots.get(0).sides()).extracting(SideSnapshot::owes)
                .containsExactly(Owes.COMPLETION, Owes.NOTHING);
        client.link().complete();
    }

    @Test
    void npis_areInUseWhileAModuleIs() {
        RecordingClient client = rig.register(rig.client("client"));
        ProviderRegistration prepared = rig.engine.prepareProvider(rig.provider("prepared"), null);
        rig.deregisterAndWait(client);
        assertThat(rig.engine.registry.size()).isEqualTo(1);
        assertThat(rig.engine.deregisterProvider(prepared)).isEqualTo(NmrStatus.PENDING);
        assertThat(rig.engine.registry.size()).isZero();
    }
}
