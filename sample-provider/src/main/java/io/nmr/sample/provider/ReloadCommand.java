package io.nmr.sample.provider;

import io.nmr.sample.npi.AddressFamily;
import java.io.IOException;
import java.util.Set;

/** The shell's command {@code lookup:reload}: reads the table again, and tells the clients if it changed. */
public final class ReloadCommand {

    private final TableSource source;
    private final TableLookup lookup;
    private final LookupProvider provider;

    ReloadCommand(TableSource source, TableLookup lookup, LookupProvider provider) {
        this.source = source;
        this.lookup = lookup;
        this.provider = provider;
    }

    /**
     * Reads the table again; if that fails, the present one stays.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if a file is no such table
     * @throws IllegalStateException once the provider stopped
     */
    public void reload() throws IOException {
        PrefixTable fresh = source.read();
        Set<AddressFamily> changed = lookup.replace(fresh);
        if (!changed.isEmpty()) {
            provider.tableChanged(changed);
        }
        System.out.println(fresh.size() + " blocks read, families changed: " + changed);
    }
}
