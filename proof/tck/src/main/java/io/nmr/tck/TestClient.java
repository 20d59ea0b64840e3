package io.nmr.tck;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.tck.History.What;
import java.util.function.Function;

/** A client of the kit's. */
final class TestClient extends TestModule implements ClientCharacteristics {

    volatile Function<Link, NmrStatus> onAttach = link -> link.attach().status();
    volatile Runnable onLeaving = () -> { };

    TestClient(History history, String name, NpiId npi) {
        super(history, name, npi);
    }

    @Override
    Registered registerWith(Fixture fixture) {
        return fixture.registerClient(this);
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
        return history.callback(What.ATTACH, What.ATTACH_END, this, link, () -> onAttach.apply(link));
    }

    @Override
    public void clientDeregistering() {
        history.record(What.LEAVING, this, null, null);
        onLeaving.run();
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
