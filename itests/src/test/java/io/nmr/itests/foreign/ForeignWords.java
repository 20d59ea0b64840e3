package io.nmr.itests.foreign;

import io.nmr.api.ModuleId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.itests.npi.Frames;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NpiProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A typed provider whose bundle shares no class with the tests. */
public final class ForeignWords implements BundleActivator, Words {

    private final NpiProvider<WordsListener, Words> provider =
            NpiProvider.of(WordsNpi.NPI, new ModuleId.InterfaceLuid(8), this);

    @Override
    public void start(BundleContext context) {
        context.registerService(ProviderCharacteristics.class, provider, null);
        context.registerService(
                ProviderCharacteristics.class,
                NpiProvider.of(WordsNpi.PLAIN, new ModuleId.InterfaceLuid(8), this),
                null);
    }

    @Override
    public void stop(BundleContext context) {}

    /** Who is on the stack here, or in the client when it is called back. */
    @Override
    public String say(String text) {
        if (!text.equals("callback")) {
            return Frames.here();
        }
        StringBuilder answers = new StringBuilder();
        provider.forEachClient(listener -> answers.append(listener.heard(text)));
        return answers.toString();
    }

    @Override
    public CompletionStage<String> later(String text) {
        return CompletableFuture.completedStage(Frames.here());
    }
}
