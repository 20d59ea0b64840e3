package io.nmr.api;

import org.osgi.annotation.versioning.ProviderType;

/** The registration of a client module. */
@ProviderType
public non-sealed interface ClientRegistration extends Registration {}
