package io.nmr.tck;

import io.nmr.api.AttachResult;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.tck.History.What;
import java.util.function.Function;

/** A provider of the kit's. */
final class TestProvider extends TestModule implements ProviderCharacteristics {

    volatile Function<Link, AttachResult> onAttach = Link::accept;

    TestProvider(History history, String name, NpiId npi) {
        super(history, name, npi);
    }

    void refuse(NmrStatus status) {
        onAttach = link -> new AttachResult.Refused(status);
    }

    @Override
    Registered registerWith(Fixture fixture) {
        return fixture.registerProvider(this);
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
        return history.callback(What.ATTACH, What.ATTACH_END, this, link, () -> {
            AttachResult answer = onAttach.apply(link);
            link.answered(answer);
            return answer;
        });
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return detached(bindingContext);
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        cleanedUp(bindingContext);
    }
}
