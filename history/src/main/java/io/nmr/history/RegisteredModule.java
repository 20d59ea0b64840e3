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

    /** Requires all three. */
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
