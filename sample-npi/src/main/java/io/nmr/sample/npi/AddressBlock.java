package io.nmr.sample.npi;

import java.util.Objects;

/**
 * A block of special-purpose addresses, as its registry describes it (RFC 6890).
 *
 * @param prefix the block, such as {@code 192.0.2.0/24}
 * @param name what it is for
 * @param rfc the documents that define it
 * @param globallyReachable whether a datagram to it is forwarded beyond its administrative domain
 */
public record AddressBlock(String prefix, String name, String rfc, GloballyReachable globallyReachable) {

    /** @throws NullPointerException if a component is null */
    public AddressBlock {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(rfc, "rfc");
        Objects.requireNonNull(globallyReachable, "globallyReachable");
    }
}
