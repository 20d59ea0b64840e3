package io.nmr.engine;

import io.nmr.api.ClientCharacteristics;
import java.util.concurrent.atomic.AtomicReference;

/** Tells a client that its deregistration begins (D1). Holds the characteristics itself, for the module may be gone. */
final class DeregisterNotice extends Effect {

    private final ClientModule module;
    private final AtomicReference<ClientCharacteristics> untold;

    DeregisterNotice(ClientModule module, ClientCharacteristics client) {
        this.module = module;
        this.untold = new AtomicReference<>(client);
    }

    @Override
    public void run() {
        ClientCharacteristics client = untold.getAndSet(null);
        if (client != null) {
            tell(client);
        }
    }

    private void tell(ClientCharacteristics client) {
        try {
            client.clientDeregistering();
        } catch (Throwable t) {
            module.npi.registry.settings.report(new Incident(
                    Incident.Kind.CALLBACK_FAILED,
                    "D1",
                    module.name,
                    "D1: clientDeregistering of " + module + " threw " + t + "; the deregistration goes on",
                    t));
        }
    }

    @Override
    public Kind kind() {
        return Kind.DEREGISTER_NOTICE;
    }

    @Override
    public ModuleName module() {
        return module.name;
    }
}
