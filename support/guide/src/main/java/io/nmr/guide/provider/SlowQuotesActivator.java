package io.nmr.guide.provider;

import io.nmr.api.ModuleId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.guide.npi.QuotesNpi;
import io.nmr.typed.NpiProvider;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A provider whose calls take long, and are waited for longer than those of others. */
public final class SlowQuotesActivator implements BundleActivator {

    private static final ModuleId MODULE = ModuleId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e08");

    @Override
    public void start(BundleContext context) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("nmr.detach.timeout", 60_000);
        context.registerService(
                ProviderCharacteristics.class, NpiProvider.of(QuotesNpi.NPI, MODULE, new PriceList()), properties);
    }

    @Override
    public void stop(BundleContext context) {}
}
