package io.nmr.guide.component;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.guide.client.Portfolio;
import io.nmr.guide.npi.Quotes;
import io.nmr.guide.npi.QuotesNpi;
import io.nmr.typed.NpiClient;
import java.math.BigDecimal;
import org.osgi.service.component.annotations.Component;

/** A client as a component. It is published as what it does for others, too. */
@Component(service = {ClientCharacteristics.class, PortfolioComponent.class})
public final class PortfolioComponent extends NpiClient<Void, Quotes> {

    private static final ModuleId MODULE = ModuleId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e05");

    private final Portfolio portfolio = new Portfolio(this);

    public PortfolioComponent() {
        super(NpiClient.of(QuotesNpi.NPI, MODULE));
    }

    public BigDecimal value(String symbol, long shares) {
        return portfolio.value(symbol, shares);
    }
}
