package io.nmr.benchmarks.binding;

import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;

/** A client without the typed modules: a gate of its own for each binding, announced, and nothing besides. */
public final class RawClient implements ClientCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-0000000000c1");
    private static final Object DISPATCH = new Object();

    private final RegistrationInstance instance;

    /** A client of this NPI. */
    public RawClient(NpiId npi) {
        this.instance = RegistrationInstance.of(npi, MODULE, 1, null);
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return instance;
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider) {
        return attach(handle, CallGate.open());
    }

    /** Attaches with this gate for its calls. */
    public static NmrStatus attach(ClientBindingHandle handle, CallGate.Closer gate) {
        GatedBinding binding = new GatedBinding(handle, gate);
        handle.announce(gate);
        return handle.attach(binding, DISPATCH).status();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return ((GatedBinding) bindingContext).detach();
    }
}
