package io.nmr.registrar;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import java.util.UUID;

/** A client of an NPI of its own: the one callback that comes to it is that it goes. */
record LoneClient(Runnable callback) implements ClientCharacteristics {

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(new NpiId(UUID.randomUUID()), new ModuleId.Guid(UUID.randomUUID()), 1, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        throw new AssertionError("there is no provider");
    }

    @Override
    public void clientDeregistering() {
        callback.run();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        throw new AssertionError("there is no binding");
    }
}
