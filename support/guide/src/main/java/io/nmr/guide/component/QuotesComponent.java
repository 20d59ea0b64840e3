package io.nmr.guide.component;

import io.nmr.api.ModuleId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.guide.npi.Quotes;
import io.nmr.guide.npi.QuotesNpi;
import io.nmr.guide.provider.PriceList;
import io.nmr.typed.NpiProvider;
import org.osgi.service.component.annotations.Component;

/** A provider as a component: the service that it is published as registers it. */
@Component(service = ProviderCharacteristics.class)
public final class QuotesComponent extends NpiProvider<Void, Quotes> {

    private static final ModuleId MODULE = ModuleId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e04");

    public QuotesComponent() {
        super(NpiProvider.of(QuotesNpi.NPI, MODULE, new PriceList()));
    }
}
