package io.nmr.api;

import java.util.Objects;
import java.util.UUID;

/** Names a network module: by a GUID, or by the locally unique id (LUID) of the network interface it stands for. */
public sealed interface ModuleId {

    /**
     * The module id written as {@code text}.
     *
     * @param text a GUID, as {@link UUID#fromString} reads it
     * @return the id
     * @throws IllegalArgumentException if {@code text} is no GUID
     */
    static ModuleId of(String text) {
        return new Guid(UUID.fromString(text));
    }

    /**
     * A module named by a GUID ({@code MIT_GUID}).
     *
     * @param guid the GUID
     */
    record Guid(UUID guid) implements ModuleId {

        /**
         * The module of this GUID.
         *
         * @param guid any GUID
         * @throws NullPointerException if {@code guid} is null
         */
        public Guid {
            Objects.requireNonNull(guid, "guid");
        }

        @Override
        public String toString() {
            return "{" + guid + "}";
        }
    }

    /**
     * A module named by the interface it stands for ({@code MIT_IF_LUID}).
     *
     * @param luid the 64 bits of the interface LUID; every value is legal
     */
    record InterfaceLuid(long luid) implements ModuleId {

        @Override
        public String toString() {
            return String.format("luid:%016x", luid);
        }
    }
}
