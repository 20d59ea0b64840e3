package io.nmr.guide;

import static org.junit.Assert.assertEquals;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.guide.before.TrackedPortfolio;
import io.nmr.guide.client.PortfolioActivator;
import io.nmr.guide.component.PortfolioComponent;
import io.nmr.guide.faithful.FaithfulPortfolio;
import io.nmr.guide.faithful.FaithfulQuotes;
import io.nmr.guide.npi.Quotes;
import io.nmr.guide.provider.PriceList;
import io.nmr.guide.provider.QuotesActivator;
import io.nmr.testing.NmrOptions;
import java.math.BigDecimal;
import java.util.Optional;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The listings of the guide, run. */
@RunWith(PaxExam.class)
public class GuideIT {

    private static final BigDecimal HUNDRED = new BigDecimal("4200.00");

    @Inject
    private BundleContext context;

    @Inject
    private PortfolioComponent component;

    @Configuration
    public Option[] configuration() {
        return new Option[] {
            NmrOptions.nmr(),
            NmrOptions.bundle("org.osgi.util.function"),
            NmrOptions.bundle("org.osgi.util.promise"),
            NmrOptions.bundle("org.osgi.service.component"),
            NmrOptions.bundle("org.apache.felix.scr"),
            NmrOptions.bundle("io.nmr.guide"),
            junitBundles()
        };
    }

    @Test
    public void activators_providerAndClientMeet() throws Exception {
        QuotesActivator provider = new QuotesActivator();
        PortfolioActivator client = new PortfolioActivator();
        provider.start(context);
        client.start(context);
        assertEquals(HUNDRED, client.portfolio().value("NMR", 100));
    }

    @Test
    public void components_providerAndClientMeet() {
        assertEquals(HUNDRED, component.value("NMR", 100));
    }

    @Test
    public void faithful_providerAndClientMeet() {
        FaithfulPortfolio portfolio = new FaithfulPortfolio();
        ServiceRegistration<?> client = context.registerService(ClientCharacteristics.class, portfolio, null);
        ServiceRegistration<?> provider = context.registerService(
                ProviderCharacteristics.class, new FaithfulQuotes(new PriceList()), null);
        assertEquals(Optional.of(new BigDecimal("42.00")), portfolio.quote("NMR"));
        provider.unregister();
        client.unregister();
        assertEquals(Optional.empty(), portfolio.quote("NMR"));
    }

    @Test
    public void before_theSameWithATracker() {
        ServiceRegistration<?> plain = context.registerService(Quotes.class, new PriceList(), null);
        TrackedPortfolio portfolio = new TrackedPortfolio(context);
        assertEquals(HUNDRED, portfolio.value("NMR", 100));
        portfolio.close();
        plain.unregister();
    }
}
