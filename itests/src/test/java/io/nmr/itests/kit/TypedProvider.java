package io.nmr.itests.kit;

import io.nmr.api.ProviderCharacteristics;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NpiProvider;

/** A typed provider for a {@link Publishing}. */
public final class TypedProvider extends NpiProvider<WordsListener, Words> implements TestModule {

    public final TestWords words;

    public TypedProvider(TestWords words) {
        super(NpiProvider.of(WordsNpi.NPI, words.id(), words));
        this.words = words;
    }

    /** Calls all clients back; what the last of them answers. */
    public String tell(String text) {
        String[] answer = new String[1];
        forEachClient(listener -> answer[0] = listener.heard(text));
        return answer[0];
    }

    @Override
    public String[] types() {
        return new String[] {ProviderCharacteristics.class.getName()};
    }

    @Override
    public void tearDown() {
        words.setTornDown(true);
    }

    @Override
    public void revive() {
        words.setTornDown(false);
    }

    @Override
    public void checkAllGone() {
        if (!attached().isEmpty()) {
            throw new AssertionError(this + " is still attached to " + attached());
        }
        words.checkNotTorn();
    }
}
