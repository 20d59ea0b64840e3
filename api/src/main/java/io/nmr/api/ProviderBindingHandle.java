package io.nmr.api;

import org.osgi.annotation.versioning.ProviderType;

/** The provider's name for one binding. */
@ProviderType
public non-sealed interface ProviderBindingHandle extends BindingHandle {}
