package io.nmr.guide.client;

import io.nmr.guide.npi.Quotes;
import io.nmr.typed.Caller;
import java.math.BigDecimal;

/** Uses quotes, whichever provider they come from at the moment. */
public final class Portfolio {

    private final Caller<Quotes> quotes;

    public Portfolio(Caller<Quotes> quotes) {
        this.quotes = quotes;
    }

    public BigDecimal value(String symbol, long shares) {
        BigDecimal price = quotes.call(provider -> provider.quote(symbol));
        return price.multiply(BigDecimal.valueOf(shares));
    }
}
