package io.nmr.itests.npi;

import io.nmr.api.NpiId;
import io.nmr.typed.Npi;

/** The typed NPI of these tests. The test bundle exports it; other bundles may have it for themselves. */
public final class WordsNpi {

    public static final Npi<WordsListener, Words> NPI = Npi.of(
            NpiId.of("77777777-2222-3333-4444-555555555555"), "words", WordsListener.class, Words.class);

    /** Without callbacks. */
    public static final Npi<Void, Words> PLAIN =
            Npi.of(NpiId.of("88888888-2222-3333-4444-555555555555"), "plain words", Words.class);

    private WordsNpi() {}
}
