package io.nmr.api.runtime;

import java.util.Locale;

/** On which side of a binding a module stands. */
public enum Role {
    /** It calls the provider's functions. */
    CLIENT,
    /** It offers them. */
    PROVIDER;

    /** {@return the other one} */
    public Role opposite() {
        return switch (this) {
            case CLIENT -> PROVIDER;
            case PROVIDER -> CLIENT;
        };
    }

    /** {@return its name as messages have it, in lower case} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
