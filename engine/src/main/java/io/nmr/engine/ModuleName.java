package io.nmr.engine;

import io.nmr.api.ModuleId;
import io.nmr.api.NpiId;

/**
 * What is said of a module in messages and reports, during its life and after it. Holds nothing of the module's own
 * classes (R7).
 *
 * @param id the number of the registration, never reused by its engine
 * @param role client or provider
 * @param npiId its NPI
 * @param npiName what the first of the NPI's modules to give it a name calls it; null while none has
 * @param moduleId its module id
 * @param number its implementation number
 * @param origin where it came from, such as the bundle that published it, or null; must hold nothing of it either
 */
public record ModuleName(long id, Role role, NpiId npiId, String npiName, ModuleId moduleId, long number, Object origin) {

    /** The same, with a name for its NPI. */
    ModuleName inNpi(String npiName) {
        return new ModuleName(id, role, npiId, npiName, moduleId, number, origin);
    }

    @Override
    public String toString() {
        return role + " " + id + " (module " + moduleId + ", number " + number + ")"
                + (origin == null ? "" : " of " + origin);
    }
}
