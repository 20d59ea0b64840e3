package io.nmr.api;

import org.osgi.annotation.versioning.ConsumerType;

/** What clients and providers have in common, as they register themselves. */
@ConsumerType
public sealed interface ModuleCharacteristics permits ClientCharacteristics, ProviderCharacteristics {

    /**
     * What people call the NPI, for messages and tools; it decides nothing. Read once, at registration. The first name
     * that a module gives an NPI stays while the NPI is in use.
     *
     * @return the name, or null
     */
    default String npiName() {
        return null;
    }
}
