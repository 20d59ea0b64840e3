package io.nmr.api;

import java.util.Objects;
import java.util.UUID;

/**
 * Names a Network Programming Interface: the contract between its clients and its providers. Two modules meet if, and
 * only if, their NPI ids are equal (R3).
 *
 * @param guid the GUID that the designer of the NPI gave it
 */
public record NpiId(UUID guid) {

    /**
     * The NPI of this GUID.
     *
     * @param guid any GUID
     * @throws NullPointerException if {@code guid} is null
     */
    public NpiId {
        Objects.requireNonNull(guid, "guid");
    }

    /**
     * The NPI id written as {@code text}.
     *
     * @param text a GUID, as {@link UUID#fromString} reads it
     * @return the id
     * @throws IllegalArgumentException if {@code text} is no GUID
     */
    public static NpiId of(String text) {
        return new NpiId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return "{" + guid + "}";
    }
}
