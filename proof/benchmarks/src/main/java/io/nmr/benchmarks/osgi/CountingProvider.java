package io.nmr.benchmarks.osgi;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;

/** Tells how often it was attached. */
record CountingProvider(ProviderCharacteristics provider, Runnable attached) implements ProviderCharacteristics {

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return provider.providerRegistrationInstance();
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object registrationContext,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        attached.run();
        return provider.attachClient(handle, registrationContext, client, clientBindingContext, clientDispatch);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return provider.detachClient(bindingContext);
    }
}
