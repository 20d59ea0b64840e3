package io.nmr.typed;

import java.util.Locale;

/** The two roles of a module in an NPI. */
enum Role {
    CLIENT,
    PROVIDER;

    Role other() {
        return this == CLIENT ? PROVIDER : CLIENT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
