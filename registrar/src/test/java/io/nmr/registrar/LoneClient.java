package io.nmr.registrar;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.Effect;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.RegistrarEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A client of an NPI of its own: the one callback that comes to it is that it goes. */
record LoneClient(Runnable callback) implements ClientCharacteristics {

    /** One that tells such a client that it goes. */
    static Effect effect() {
        List<Effect> told = new ArrayList<>();
        RegistrarEngine engine = new RegistrarEngine(new EngineSettings(told::add, incident -> { }, System::nanoTime));
        engine.deregisterClient(engine.registerClient(new LoneClient(() -> { })));
        return told.get(0);
    }

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
