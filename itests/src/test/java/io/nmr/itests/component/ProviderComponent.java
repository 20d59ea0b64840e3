package io.nmr.itests.component;

import static io.nmr.itests.kit.Moment.ACTIVATE;
import static io.nmr.itests.kit.Moment.DEACTIVATE;

import io.nmr.itests.kit.Components;
import io.nmr.itests.kit.TestWords;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NpiProvider;

/** A provider as a component; published as ProviderCharacteristics. */
public final class ProviderComponent extends NpiProvider<WordsListener, Words> {

    private final TestWords words;

    public ProviderComponent() {
        super(NpiProvider.of(WordsNpi.NPI, Components.words.id(), Components.words));
        words = Components.words;
    }

    void activate() {
        Components.journal.add("provider", ACTIVATE);
        words.setTornDown(false);
        Components.provider = this;
    }

    void deactivate() {
        Components.journal.add("provider", DEACTIVATE);
        words.setTornDown(true);
    }
}
