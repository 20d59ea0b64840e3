package io.nmr.benchmarks.binding;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.benchmarks.call.Lookup;
import io.nmr.typed.Npi;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.util.UUID;

/** The two ways of writing a module. */
public enum Modules {
    /** Characteristics by hand. */
    RAW {
        @Override
        public ClientCharacteristics client(long npi) {
            return new RawClient(id(npi));
        }

        @Override
        public ProviderCharacteristics provider(long npi) {
            return new RawProvider(id(npi));
        }
    },

    /** The typed modules, guards included. */
    TYPED {
        @Override
        public ClientCharacteristics client(long npi) {
            return NpiClient.of(typed(npi), MODULE);
        }

        @Override
        public ProviderCharacteristics provider(long npi) {
            return NpiProvider.of(typed(npi), MODULE, PROVIDER);
        }
    };

    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");
    private static final Lookup PROVIDER = new Lookup.Plain();
    private static final Npi<Void, Lookup> SHARED = npi(0);

    /** A new client of the NPI with this number. */
    public abstract ClientCharacteristics client(long npi);

    /** A new provider of the NPI with this number. */
    public abstract ProviderCharacteristics provider(long npi);

    private static NpiId id(long npi) {
        return new NpiId(new UUID(0, npi));
    }

    private static Npi<Void, Lookup> typed(long npi) {
        return npi == 0 ? SHARED : npi(npi);
    }

    private static Npi<Void, Lookup> npi(long npi) {
        return Npi.of(id(npi), "lookup", Lookup.class);
    }
}
