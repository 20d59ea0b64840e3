package io.nmr.engine;

import java.util.Locale;

/** The two roles of a module in an NPI, and so the two sides of a binding. */
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
