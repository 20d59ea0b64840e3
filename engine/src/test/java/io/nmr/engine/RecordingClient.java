package io.nmr.engine;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.History.What;
import java.util.function.Function;

/** A recording client. */
final class RecordingClient extends RecordingModule implements ClientCharacteristics {

    volatile Function<Link, NmrStatus> onAttach = link -> link.attach().status();

    RecordingClient(History history, String name, NpiId npi) {
        super(history, name, npi);
    }

    ClientRegistration clientRegistration() {
        return (ClientRegistration) registration;
    }

    @Override
    public String npiName() {
        return npiName;
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return instance;
    }

    @Override
    public Object clientRegistrationContext() {
        return registrationContext;
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        Link link = begin(handle, context, provider);
        return link.recorder.attachProvider(() -> history.recorded(What.ATTACH, What.ATTACH_END, link, () -> {
            probe(What.ATTACH, link);
            return onAttach.apply(link);
        }));
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return detached(bindingContext);
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        cleanedUp(bindingContext);
    }
}
