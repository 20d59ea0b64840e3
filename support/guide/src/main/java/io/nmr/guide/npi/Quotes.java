package io.nmr.guide.npi;

import java.math.BigDecimal;
import org.osgi.annotation.versioning.ProviderType;

/** What a provider of quotes does for its clients. */
@ProviderType
public interface Quotes {

    BigDecimal quote(String symbol);
}
