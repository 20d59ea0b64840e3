package io.nmr.sample.client;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener2;
import io.nmr.typed.AttachedModule;
import io.nmr.typed.Caller;
import io.nmr.typed.ModuleDescription;
import io.nmr.typed.NoProviderException;
import io.nmr.typed.NpiClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The client module: attaches to every provider of the NPI and calls the newest that serves the address.
 *
 * <p><b>Threading.</b> Any thread may call; {@link #lookup} blocks as long as the provider does.
 */
final class LookupClient {

    private static final ModuleId MODULE = ModuleId.of("f2a4d6c8-7b1e-4c39-a5d0-1e2f3a4b5c6d");
    private static final System.Logger LOG = System.getLogger(LookupClient.class.getName());

    private final NpiClient<TableListener2, AddressLookup> module;

    /** @param patience how long a lookup waits where no provider serves its address, as while one is updated */
    LookupClient(Duration patience) {
        module = NpiClient.perProvider(LookupNpi.NPI, MODULE, LookupClient::listener)
                .withNumber(1)
                .withPatience(patience);
    }

    private static TableListener2 listener(ModuleDescription provider) {
        return families -> tableChanged(provider.number(), families);
    }

    private static void tableChanged(long provider, Set<AddressFamily> families) {
        LOG.log(System.Logger.Level.INFO, "The table of provider {0} changed: {1}", provider, families);
    }

    /** To be published. */
    ClientCharacteristics module() {
        return module;
    }

    /**
     * Looks {@code address} up.
     *
     * @throws NoProviderException if no attached provider serves it
     */
    Answer lookup(InetAddress address) {
        return serving(address)
                .call((lookup, provider) -> new Answer(provider.number(), lookup.lookup(address)));
    }

    /**
     * As {@link #lookup}, without blocking once a provider serves it. The call is in progress until the provider's stage
     * completes (T4).
     */
    CompletionStage<Answer> lookupAsync(InetAddress address) {
        return serving(address)
                .call((lookup, provider) ->
                        lookup.lookupAsync(address).thenApply(block -> new Answer(provider.number(), block)));
    }

    /** The attached providers, newest first. */
    List<AttachedModule> providers() {
        return module.attached();
    }

    private Caller<AddressLookup> serving(InetAddress address) {
        return module.where(AddressFamilies.class, families -> families.serve(address));
    }
}
