package io.nmr.history;

import java.util.Locale;

/** The two roles of a module in an NPI. */
public enum Role {
    CLIENT,
    PROVIDER;

    Role opposite() {
        return this == CLIENT ? PROVIDER : CLIENT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
