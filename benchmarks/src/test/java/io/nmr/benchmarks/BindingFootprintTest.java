package io.nmr.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.RegistrarEngine;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** G7: what a binding keeps, on a virtual machine as it comes; the figures are those of {@code RESULTS.md}. */
class BindingFootprintTest {

    private static final NpiId ID = NpiId.of("00000000-0000-0000-0000-000000000001");
    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");
    private static final Npi<Void, Lookup> WITHOUT_CALLBACKS = Npi.of(ID, "lookup", Lookup.class);
    private static final Npi<Callbacks, Lookup> WITH_CALLBACKS =
            Npi.of(ID, "lookup", Callbacks.class, Lookup.class);
    private static final Lookup LOOKUP = new Lookup.Plain();

    /** What a client shows its provider. */
    public interface Callbacks {
        void changed();
    }

    @Test
    void rawModules_whatTheRegistrarKeeps() {
        assertKept(120, () -> new RawClient(false), () -> new RawProvider(false));
    }

    @Test
    void rawModules_withAGateOnEachSide() {
        assertKept(216, () -> new RawClient(true), () -> new RawProvider(true));
    }

    @Test
    void typedModules_ofAnNpiWithoutCallbacks() {
        assertKept(
                252,
                () -> NpiClient.of(WITHOUT_CALLBACKS, MODULE),
                () -> NpiProvider.of(WITHOUT_CALLBACKS, MODULE, LOOKUP));
    }

    @Test
    void typedModules_ofAnNpiWithCallbacks() {
        assertKept(
                308,
                () -> NpiClient.of(WITH_CALLBACKS, MODULE, () -> {}),
                () -> NpiProvider.of(WITH_CALLBACKS, MODULE, LOOKUP));
    }

    private static void assertKept(
            int most, Supplier<ClientCharacteristics> client, Supplier<ProviderCharacteristics> provider) {
        Footprint kept = Footprint.ofOneBinding((clients, providers) -> bind(clients, client, providers, provider));
        assertThat(kept.total()).as(kept::toString).isBetween(most - 8.0, (double) most);
    }

    private static Object bind(
            int clients, Supplier<ClientCharacteristics> client, int providers, Supplier<ProviderCharacteristics> provider) {
        RegistrarEngine registrar = new RegistrarEngine();
        List<Object> all = new ArrayList<>(List.of(registrar));
        for (int i = 0; i < clients; i++) {
            all.add(registrar.registerClient(client.get()));
        }
        for (int i = 0; i < providers; i++) {
            all.add(registrar.registerProvider(provider.get()));
        }
        return all;
    }

    /** The gate's owner keeps it where it keeps everything of a binding: as the binding's context. */
    private record RawClient(boolean tracks) implements ClientCharacteristics {

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return RegistrationInstance.of(ID, MODULE, 0, null);
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            CallGate.Closer gate = tracks ? CallGate.open() : null;
            if (tracks) {
                handle.announce(gate);
            }
            return handle.attach(gate, null).status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }

    private record RawProvider(boolean tracks) implements ProviderCharacteristics {

        @Override
        public RegistrationInstance providerRegistrationInstance() {
            return RegistrationInstance.of(ID, MODULE, 0, null);
        }

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle,
                Object context,
                RegistrationInstance client,
                Object clientBindingContext,
                Object clientDispatch) {
            CallGate.Closer gate = tracks ? CallGate.open() : null;
            if (tracks) {
                handle.announce(gate);
            }
            return new AttachResult.Attached(gate, LOOKUP);
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }
}
