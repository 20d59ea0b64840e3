package io.nmr.itests.component;

import static io.nmr.itests.kit.Moment.ACTIVATE;
import static io.nmr.itests.kit.Moment.DEACTIVATE;

import io.nmr.itests.kit.Components;
import io.nmr.itests.kit.TestEar;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NpiClient;

/** A client as a component; published as ClientCharacteristics. */
public final class ClientComponent extends NpiClient<WordsListener, Words> {

    private final TestEar ear;

    public ClientComponent() {
        super(NpiClient.of(WordsNpi.NPI, Components.ear.id(), Components.ear));
        ear = Components.ear;
    }

    void activate() {
        Components.journal.add("client", ACTIVATE);
        ear.setTornDown(false);
        Components.client = this;
    }

    void deactivate() {
        Components.journal.add("client", DEACTIVATE);
        ear.setTornDown(true);
    }
}
