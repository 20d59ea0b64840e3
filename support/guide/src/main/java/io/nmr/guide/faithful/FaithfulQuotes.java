package io.nmr.guide.faithful;

import io.nmr.api.AttachResult;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.guide.npi.Quotes;
import io.nmr.guide.npi.QuotesNpi;

/** A provider in the faithful form; it calls no client, so that no call of its own can be in progress. */
public final class FaithfulQuotes implements ProviderCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e06");

    private final Quotes quotes;

    public FaithfulQuotes(Quotes quotes) {
        this.quotes = quotes;
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return RegistrationInstance.of(QuotesNpi.NPI.id(), MODULE, 1, null);
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object registrationContext,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        return new AttachResult.Attached(null, quotes);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return NmrStatus.SUCCESS;
    }
}
