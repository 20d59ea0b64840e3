package io.nmr.itests.kit;

import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;

/** What the components of a test are made of, and those that are active. */
public final class Components {

    public static volatile Journal journal;
    public static volatile TestWords words;
    public static volatile TestEar ear;

    public static volatile NpiProvider<WordsListener, Words> provider;
    public static volatile NpiClient<WordsListener, Words> client;

    private Components() {}

    public static void reset(Journal now) {
        journal = now;
        words = new TestWords(now, "P");
        ear = new TestEar(now, "C");
        provider = null;
        client = null;
    }
}
