package io.nmr.sample.npi;

import io.nmr.api.NpiId;
import io.nmr.typed.Npi;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The address lookup NPI. */
public final class LookupNpi {

    /** What clients and providers of the address lookup register for (R3). */
    public static final NpiId ID = NpiId.of("5d3bd0f6-6a5c-4c0e-9b0b-6f7a2c1e8d44");

    /** Of version 1 nobody learns what changed, so it may have been any family. */
    private static final Set<AddressFamily> ANY = Collections.unmodifiableSet(EnumSet.allOf(AddressFamily.class));

    /** The same for typed modules. */
    public static final Npi<TableListener2, AddressLookup> NPI = Npi.of(
                    ID, "address lookup", TableListener2.class, AddressLookup.class)
            .withEarlierClient(
                    TableListener.class,
                    listener2 -> () -> listener2.tableChanged(ANY),
                    listener -> families -> listener.tableChanged())
            .withProviderCharacteristics(AddressFamilies.class);

    private LookupNpi() {}
}
