package io.nmr.benchmarks.binding;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;

/** A provider without the typed modules: accepts everybody, with an announced gate for each binding. */
public final class RawProvider implements ProviderCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-0000000000a1");
    private static final Object DISPATCH = new Object();

    private final RegistrationInstance instance;

    /** A provider of this NPI. */
    public RawProvider(NpiId npi) {
        this.instance = RegistrationInstance.of(npi, MODULE, 1, null);
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return instance;
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object registrationContext,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        GatedBinding binding = new GatedBinding(handle, CallGate.open());
        handle.announce(binding.gate());
        return new AttachResult.Attached(binding, DISPATCH);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return ((GatedBinding) bindingContext).detach();
    }
}
