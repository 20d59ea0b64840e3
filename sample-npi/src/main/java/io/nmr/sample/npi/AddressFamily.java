package io.nmr.sample.npi;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/** A family of addresses. */
public enum AddressFamily {
    /** 32 bits. */
    IPV4(32),
    /** 128 bits. */
    IPV6(128);

    private final int bits;

    AddressFamily(int bits) {
        this.bits = bits;
    }

    /** How long an address is. */
    public int bits() {
        return bits;
    }

    /**
     * The family of an address.
     *
     * <p>An IPv4-mapped IPv6 address ({@code ::ffff:192.0.2.1}) is IPv6 here, if it gets here: the JDK's
     * {@link InetAddress#getByAddress(byte[])} and {@link InetAddress#getByName} make IPv4 addresses of it,
     * {@link #parse} does not.
     */
    public static AddressFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /**
     * Reads an address literal: four decimal numbers without leading zeros, or what RFC 4291 section 2.2 allows,
     * without a zone. Everything else is no address; unlike {@link InetAddress#getByName} this never asks a resolver.
     *
     * @param literal the text
     * @return the address, or empty if {@code literal} is none
     */
    public static Optional<InetAddress> parse(String literal) {
        return AddressLiteral.parse(literal);
    }
}
