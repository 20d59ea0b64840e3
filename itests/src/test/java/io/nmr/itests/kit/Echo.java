package io.nmr.itests.kit;

import io.nmr.api.NpiId;

/** The NPI of these tests: its id and the provider's dispatch table. */
public interface Echo {

    NpiId ID = NpiId.of("11111111-2222-3333-4444-555555555555");

    String echo(String text);
}
