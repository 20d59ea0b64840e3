package io.nmr.guide.provider;

import io.nmr.api.ModuleId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.guide.npi.QuotesNpi;
import io.nmr.typed.NpiProvider;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a provider bundle. */
public final class QuotesActivator implements BundleActivator {

    private static final ModuleId MODULE = ModuleId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e02");

    private PriceList prices;

    @Override
    public void start(BundleContext context) {
        prices = new PriceList();
        context.registerService(
                ProviderCharacteristics.class, NpiProvider.of(QuotesNpi.NPI, MODULE, prices), null);
    }

    /** Called when the last call has returned: nobody uses the price list any more. */
    @Override
    public void stop(BundleContext context) {
        prices.close();
    }
}
