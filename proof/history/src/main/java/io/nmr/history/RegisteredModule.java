package io.nmr.history;

import java.util.Objects;

/**
 * One registration of one module, as histories name it.
 *
 * @param role client or provider
 * @param npi names the NPI
 * @param name names the registration; another for each registration of one history, of its role and NPI
 */
public record RegisteredModule(Role role, String npi, String name) {

    /**
     * Requires all three.
     *
     * @param role as in the record
     * @param npi as in the record
     * @param name as in the record
     * @throws NullPointerException if one of them is null
     */
    public RegisteredModule {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(npi, "npi");
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return role + " " + name;
    }
}
