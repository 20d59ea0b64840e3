package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.state.Inspect;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** R7: after a complete deregistration nothing of a module is kept, even while its handles are. */
class ReleaseTest {

    private final NpiId npi = new NpiId(UUID.randomUUID());
    private final RegistrarEngine engine = new RegistrarEngine();
    private final List<BindingHandle> handles = new ArrayList<>();
    private final Map<String, WeakReference<Object>> watched = new LinkedHashMap<>();
    private boolean refuses;

    private <T> T watch(String name, T object) {
        watched.put(name, new WeakReference<>(object));
        return object;
    }

    private CallGate.Closer gate(String name) {
        CallGate.Closer gate = watch(name, CallGate.open());
        watch(name + "'s entering face", gate.gate());
        return gate;
    }

    private RegistrationInstance instance(String name) {
        return watch(name + "'s instance", RegistrationInstance.of(
                npi, new ModuleId.Guid(UUID.randomUUID()), 1, watch(name + "'s specific characteristics", new Object())));
    }

    private final class Client implements ClientCharacteristics {

        private final RegistrationInstance instance = instance("client");
        private final CallGate.Closer gate = gate("client's gate");

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return instance;
        }

        @Override
        public Object clientRegistrationContext() {
            return watch("client's registration context", new Object());
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            handles.add(handle);
            handle.announce(gate);
            return handle.attach(
                            watch("client's binding context", new Object()),
                            watch("client's dispatch table", new Object()))
                    .status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            throw new IllegalStateException("the registrar closes the gate");
        }
    }

    private final class Provider implements ProviderCharacteristics {

        private final RegistrationInstance instance = instance("provider");
        private final CallGate.Closer gate = gate("provider's gate");

        @Override
        public RegistrationInstance providerRegistrationInstance() {
            return instance;
        }

        @Override
        public Object providerRegistrationContext() {
            return watch("provider's registration context", new Object());
        }

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object registrationContext,
                RegistrationInstance client,
                Object clientBindingContext,
                Object clientDispatch) {
            handles.add(handle);
            handle.announce(gate);
            if (refuses) {
                return new AttachResult.Refused(NmrStatus.NOINTERFACE);
            }
            return new AttachResult.Attached(
                    watch("provider's binding context", new Object()),
                    watch("provider's dispatch table", new Object()));
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return gate.close(() -> { });
        }
    }

    private ClientRegistration registerClient() {
        return engine.registerClient(watch("client", new Client()));
    }

    private ProviderRegistration registerProvider() {
        return engine.registerProvider(watch("provider", new Provider()));
    }

    private void deregister(ClientRegistration client) {
        assertThat(engine.deregisterClient(client)).isEqualTo(NmrStatus.PENDING);
        assertThat(engine.waitForClientDeregisterComplete(client, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
    }

    private void deregister(ProviderRegistration provider) {
        assertThat(engine.deregisterProvider(provider)).isEqualTo(NmrStatus.PENDING);
        assertThat(engine.waitForProviderDeregisterComplete(provider, Rig.LONG)).isEqualTo(NmrStatus.SUCCESS);
    }

    private void assertCollected(String prefix) {
        Map<String, WeakReference<Object>> left = new LinkedHashMap<>(watched);
        left.keySet().removeIf(name -> !name.startsWith(prefix));
        assertThat(left).isNotEmpty();
        for (int attempt = 0; attempt < 200 && !left.isEmpty(); attempt++) {
            System.gc();
            left.values().removeIf(reference -> reference.refersTo(null));
        }
        assertThat(left.keySet()).as("kept after the deregistration").isEmpty();
    }

    @Test
    void R7_afterBothDeregistered_nothingIsKept_whileHandlesAndRegistrationsAre() {
        silently(() -> {
            ClientRegistration client = registerClient();
            ProviderRegistration provider = registerProvider();
            client.deregistration();
            deregister(client);
            deregister(provider);
            assertThat(handles).hasSize(2);
            assertCollected("");
            assertThat(engine.registry.size()).isZero();
            keep(client, provider);
        });
    }

    @Test
    void R7_theClientIsGone_andTheProviderStays_nothingOfTheClientIsKept() {
        silently(() -> {
            ProviderRegistration provider = registerProvider();
            ClientRegistration client = registerClient();
            deregister(client);
            assertCollected("client");
            assertCollected("provider's binding context");
            deregister(provider);
            keep(client, provider);
        });
    }

    @Test
    void R7_afterARefusal_nothingOfTheBindingIsKept_whileBothStayRegistered() {
        refuses = true;
        ProviderRegistration provider = registerProvider();
        ClientRegistration client = registerClient();
        assertCollected("client's binding context");
        assertCollected("client's dispatch table");
        for (BindingHandle handle : handles) {
            assertThat(Inspect.isForgotten(handle)).isTrue();
        }
        deregister(client);
        deregister(provider);
        assertCollected("");
        keep(client, provider);
    }

    @Test
    void R7_preparedAndNeverRegistered_nothingIsKeptAfterItsDeregistration() {
        ClientRegistration client = engine.prepareClient(watch("client", new Client()), null);
        deregister(client);
        assertCollected("client");
        keep(client, null);
    }

    private void keep(ClientRegistration client, ProviderRegistration provider) {
        Reference.reachabilityFence(client);
        Reference.reachabilityFence(provider);
        Reference.reachabilityFence(handles);
    }

    /** The client's detach callback throws: the plain engine logs that, and the test's output need not. */
    private static void silently(Runnable test) {
        Logger log = Logger.getLogger("io.nmr.engine");
        log.setUseParentHandlers(false);
        try {
            test.run();
        } finally {
            log.setUseParentHandlers(true);
        }
    }
}
