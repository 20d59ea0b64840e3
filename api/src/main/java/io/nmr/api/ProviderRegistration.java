package io.nmr.api;

import org.osgi.annotation.versioning.ProviderType;

/** The registration of a provider module. */
@ProviderType
public non-sealed interface ProviderRegistration extends Registration {}
