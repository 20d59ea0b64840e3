package io.nmr.api.runtime;

/**
 * What a module is called: enough to find it, and nothing of it.
 *
 * @param id the number of its registration; never used again by this registrar
 * @param role client or provider
 * @param npiId its NPI, as a GUID
 * @param npiName the name that a module of this NPI gave it, or the GUID where none did
 * @param moduleId its module id
 * @param number its implementation number
 * @param bundle the bundle that published or registered it; null in plain Java
 */
public record ModuleRef(
        long id, Role role, String npiId, String npiName, String moduleId, long number, BundleRef bundle) {

    /** As in log records: {@code client 3 (module 5c3f…, number 1) of symbolic.name 1.0.0 [12]}. */
    @Override
    public String toString() {
        return role + " " + id + " (module " + moduleId + ", number " + number + ")"
                + (bundle == null ? "" : " of " + bundle);
    }
}
