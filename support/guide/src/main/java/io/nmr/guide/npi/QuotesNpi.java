package io.nmr.guide.npi;

import io.nmr.api.NpiId;
import io.nmr.typed.Npi;

/** The NPI: its id, its name, and what its providers offer. */
public final class QuotesNpi {

    public static final Npi<Void, Quotes> NPI =
            Npi.of(NpiId.of("5b0f0a52-0c7f-4e7b-9a6a-3a5d8f2c9e01"), "quotes", Quotes.class);

    private QuotesNpi() {}
}
