package io.nmr.guide.before;

import io.nmr.guide.npi.Quotes;
import java.math.BigDecimal;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** What migrates: a plain service and a tracker. Calls are cut when the provider stops. */
public final class TrackedPortfolio {

    private final ServiceTracker<Quotes, Quotes> tracker;

    public TrackedPortfolio(BundleContext context) {
        tracker = new ServiceTracker<>(context, Quotes.class, null);
        tracker.open();
    }

    public BigDecimal value(String symbol, long shares) {
        Quotes quotes = tracker.getService();
        if (quotes == null) {
            throw new IllegalStateException("no quotes");
        }
        return quotes.quote(symbol).multiply(BigDecimal.valueOf(shares));
    }

    public void close() {
        tracker.close();
    }
}
