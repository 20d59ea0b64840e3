package io.nmr.sample.provider;

import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.TableListener2;
import io.nmr.typed.NpiProvider;
import java.io.IOException;
import java.util.Set;

/** The shell's command {@code lookup:reload}: reads the table again, and tells the clients if it changed. */
public final class ReloadCommand {

    private final TableSource source;
    private final TableLookup lookup;
    private final NpiProvider<TableListener2, AddressLookup> provider;

    ReloadCommand(TableSource source, TableLookup lookup, NpiProvider<TableListener2, AddressLookup> provider) {
        this.source = source;
        this.lookup = lookup;
        this.provider = provider;
    }

    /**
     * Reads the table again; if that fails, the present one stays. A client that fails keeps no other from being told.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if a file is no such table
     * @throws IllegalStateException once the provider stopped
     * @throws RuntimeException what a client threw
     */
    public void reload() throws IOException {
        PrefixTable fresh = source.read();
        Set<AddressFamily> changed = lookup.replace(fresh);
        System.out.println(fresh.size() + " blocks read, families changed: " + changed);
        if (!changed.isEmpty()) {
            provider.forEachClient(client -> client.tableChanged(changed));
        }
    }
}
