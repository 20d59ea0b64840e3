package io.nmr.sample.npi;

import io.nmr.api.NpiId;

/** Names the address lookup NPI. */
public final class LookupNpi {

    /** What clients and providers of the address lookup register for (R3). */
    public static final NpiId ID = NpiId.of("5d3bd0f6-6a5c-4c0e-9b0b-6f7a2c1e8d44");

    private LookupNpi() {}
}
