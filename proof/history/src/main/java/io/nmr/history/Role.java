package io.nmr.history;

import java.util.Locale;

/** The two roles of a module in an NPI. */
public enum Role {
    /** It calls the provider's functions. */
    CLIENT,
    /** It offers them. */
    PROVIDER;

    Role opposite() {
        return this == CLIENT ? PROVIDER : CLIENT;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
