package io.nmr.itests.kit;

import io.nmr.api.ClientCharacteristics;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NpiClient;
import java.time.Duration;

/** A typed client for a {@link Publishing}. */
public final class TypedClient extends NpiClient<WordsListener, Words> implements TestModule {

    public final TestEar ear;

    public TypedClient(TestEar ear, Duration patience) {
        super(NpiClient.of(WordsNpi.NPI, ear.id(), ear).withPatience(patience));
        this.ear = ear;
    }

    public String say(String text) {
        return call(words -> words.say(text));
    }

    @Override
    public String[] types() {
        return new String[] {ClientCharacteristics.class.getName()};
    }

    @Override
    public void tearDown() {
        ear.setTornDown(true);
    }

    @Override
    public void revive() {
        ear.setTornDown(false);
    }

    @Override
    public void checkAllGone() {
        if (!attached().isEmpty()) {
            throw new AssertionError(this + " is still attached to " + attached());
        }
        ear.checkNotTorn();
    }
}
