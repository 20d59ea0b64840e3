package io.nmr.guide.client;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.guide.npi.Quotes;
import io.nmr.guide.npi.QuotesNpi;
import io.nmr.typed.NpiClient;
import java.time.Duration;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The activator of a client bundle. */
public final class PortfolioActivator implements BundleActivator {

    private static final ModuleId MODULE = ModuleId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e03");

    private Portfolio portfolio;

    @Override
    public void start(BundleContext context) {
        NpiClient<Void, Quotes> quotes =
                NpiClient.of(QuotesNpi.NPI, MODULE).withPatience(Duration.ofSeconds(5));
        context.registerService(ClientCharacteristics.class, quotes, null);
        portfolio = new Portfolio(quotes);
    }

    @Override
    public void stop(BundleContext context) {
        portfolio = null;
    }

    public Portfolio portfolio() {
        return portfolio;
    }
}
