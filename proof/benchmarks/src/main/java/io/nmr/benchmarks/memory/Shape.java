package io.nmr.benchmarks.memory;

import io.nmr.api.CallGate;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.benchmarks.call.Lookup;
import io.nmr.engine.RegistrarEngine;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The sorts of modules whose bindings are counted. */
public enum Shape {
    /** What the registrar itself keeps. */
    RAW_WITHOUT_GATES(() -> new LeastClient(() -> null), () -> new LeastProvider(() -> null)),

    /** With an announced gate on each side. */
    RAW(() -> new LeastClient(CallGate::open), () -> new LeastProvider(CallGate::open)),

    /** With one on each side that is the module's own object. */
    RAW_OWNED(() -> new LeastClient(OwnGate::new), () -> new LeastProvider(OwnGate::new)),

    TYPED(
            () -> NpiClient.of(Common.WITHOUT_CALLBACKS, Common.MODULE),
            () -> NpiProvider.of(Common.WITHOUT_CALLBACKS, Common.MODULE, Common.LOOKUP)),

    TYPED_WITH_CALLBACKS(
            () -> NpiClient.of(Common.WITH_CALLBACKS, Common.MODULE, () -> {}),
            () -> NpiProvider.of(Common.WITH_CALLBACKS, Common.MODULE, Common.LOOKUP));

    private final Supplier<ClientCharacteristics> client;
    private final Supplier<ProviderCharacteristics> provider;

    Shape(Supplier<ClientCharacteristics> client, Supplier<ProviderCharacteristics> provider) {
        this.client = client;
        this.provider = provider;
    }

    private static final class OwnGate extends CallGate.Owned {}

    /** What a client shows its provider. */
    public interface Callbacks {

        /** Something has changed. */
        void changed();
    }

    /** What they have in common; a constant of this enum cannot refer to others of its own. */
    static final class Common {

        static final NpiId ID = NpiId.of("00000000-0000-0000-0000-000000000001");
        static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");
        static final Lookup LOOKUP = new Lookup.Plain();
        static final Npi<Void, Lookup> WITHOUT_CALLBACKS = Npi.of(ID, "lookup", Lookup.class);
        static final Npi<Callbacks, Lookup> WITH_CALLBACKS = Npi.of(ID, "lookup", Callbacks.class, Lookup.class);
    }

    Footprint ofOneBinding() {
        return Footprint.ofOneBinding(this::bind);
    }

    private Object bind(int clients, int providers) {
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
}
