package io.nmr.api;

/**
 * What a module says of itself at registration, and what the other side is shown of it at every offer
 * ({@code NPI_REGISTRATION_INSTANCE}).
 *
 * <p>The record takes any values, as the structure does; the registrar refuses those that R4 forbids.
 *
 * @param version the version of this structure: 0
 * @param npiId the NPI; required
 * @param moduleId the module; required
 * @param number the implementation number, for the modules to judge; every value is legal
 * @param npiSpecificCharacteristics what the NPI defines for this role, or null; opaque to the registrar, and shown to
 *     the other side, so immutable
 */
public record RegistrationInstance(
        int version, NpiId npiId, ModuleId moduleId, long number, Object npiSpecificCharacteristics) {

    /**
     * A registration instance of version 0.
     *
     * @param npiId the NPI
     * @param moduleId the module
     * @param number the implementation number
     * @param npiSpecificCharacteristics what the NPI defines for this role, or null
     * @return the instance
     */
    public static RegistrationInstance of(
            NpiId npiId, ModuleId moduleId, long number, Object npiSpecificCharacteristics) {
        return new RegistrationInstance(0, npiId, moduleId, number, npiSpecificCharacteristics);
    }
}
