package io.nmr.api.runtime;

/** On which side of a binding a module stands. */
public enum Role {
    /** It calls the provider's functions. */
    CLIENT,
    /** It offers them. */
    PROVIDER
}
