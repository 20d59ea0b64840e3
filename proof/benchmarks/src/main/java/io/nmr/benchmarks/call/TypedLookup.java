package io.nmr.benchmarks.call;

import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.engine.RegistrarEngine;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;

/** A typed client attached to a typed provider, by an engine of its own. */
public final class TypedLookup {

    private static final Npi<Void, Lookup> NPI =
            Npi.of(NpiId.of("00000000-0000-0000-0000-000000000001"), "lookup", Lookup.class);
    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");

    private TypedLookup() {}

    /** The client, of which there is one for each provider. */
    public static NpiClient<Void, Lookup> attachedTo(Lookup provider) {
        if (NPI.usesProxies()) {
            throw new IllegalStateException("the guard is a proxy: nothing that is measured here would hold");
        }
        RegistrarEngine engine = new RegistrarEngine();
        NpiClient<Void, Lookup> client = NpiClient.of(NPI, MODULE);
        engine.registerProvider(NpiProvider.of(NPI, MODULE, provider));
        engine.registerClient(client);
        return client;
    }

    /** The tracked dispatch itself, taken out of a call. */
    public static Lookup guard(NpiClient<Void, Lookup> client) {
        return client.call(lookup -> lookup);
    }
}
