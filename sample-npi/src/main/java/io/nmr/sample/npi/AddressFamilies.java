package io.nmr.sample.npi;

import java.net.InetAddress;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The NPI-specific characteristics of a provider: the families that it serves, for as long as it is registered.
 *
 * @param families the families
 */
public record AddressFamilies(Set<AddressFamily> families) {

    /** @throws NullPointerException if {@code families} is or contains null */
    public AddressFamilies {
        EnumSet<AddressFamily> ordered = EnumSet.noneOf(AddressFamily.class);
        ordered.addAll(families);
        families = Collections.unmodifiableSet(ordered);
    }

    /** Whether the provider takes lookups of {@code address}. */
    public boolean serve(InetAddress address) {
        return families.contains(AddressFamily.of(address));
    }
}
