package io.nmr.engine;

import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import java.util.List;

/** The registration of a provider. */
final class ProviderModule extends NetworkModule implements ProviderRegistration {

    private ProviderCharacteristics characteristics;
    private Object registrationContext;

    ProviderModule(ModuleName name, Npi npi, Characteristics<ProviderCharacteristics> read) {
        super(name, npi, read.instance());
        this.characteristics = read.callbacks();
        this.registrationContext = read.registrationContext();
    }

    ProviderCharacteristics characteristics() {
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
        return null;
    }

    @Override
    void forgetCharacteristics() {
        characteristics = null;
        registrationContext = null;
    }
}
