package io.nmr.engine;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.History.What;
import java.util.function.Function;

/** A recording provider. */
final class RecordingProvider extends RecordingModule implements ProviderCharacteristics {

    volatile Function<Link, AttachResult> onAttach = Link::accept;

    RecordingProvider(History history, String name, NpiId npi) {
        super(history, name, npi);
    }

    ProviderRegistration providerRegistration() {
        return (ProviderRegistration) registration;
    }

    @Override
    public String npiName() {
        return npiName;
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return instance;
    }

    @Override
    public Object providerRegistrationContext() {
        return registrationContext;
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        Link link = begin(handle, context, client);
        link.peerContext = clientBindingContext;
        link.peerDispatch = clientDispatch;
        return link.recorder.attachClient(() -> history.recorded(What.ATTACH, What.ATTACH_END, link, () -> {
            probe(What.ATTACH, link);
            AttachResult answer = onAttach.apply(link);
            if (answer instanceof AttachResult.Attached attached && attached.bindingContext() != link) {
                link.recorder.untracked();
            }
            return answer;
        }));
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return detached(bindingContext);
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        cleanedUp(bindingContext);
    }

    void refuse(NmrStatus status) {
        onAttach = link -> new AttachResult.Refused(status);
    }
}
