package io.nmr.engine;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import java.util.List;

/** The registration of a client. */
final class ClientModule extends NetworkModule implements ClientRegistration {

    private ClientCharacteristics characteristics;
    private Object registrationContext;

    ClientModule(ModuleName name, Npi npi, Characteristics<ClientCharacteristics> read) {
        super(name, npi, read.instance());
        this.characteristics = read.callbacks();
        this.registrationContext = read.registrationContext();
    }

    ClientCharacteristics characteristics() {
        return characteristics;
    }

    Object registrationContext() {
        return registrationContext;
    }

    @Override
    List<Offer> addTo(Npi npi, Effects effects) {
        return npi.add(this, effects);
    }

    @Override
    void removeFrom(Npi npi) {
        npi.remove(this);
    }

    @Override
    DeregisterNotice deregisterNotice() {
        return new DeregisterNotice(this);
    }

    @Override
    void forgetCharacteristics() {
        characteristics = null;
        registrationContext = null;
    }
}
