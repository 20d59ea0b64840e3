package io.nmr.itests.foreign;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.itests.npi.Frames;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NpiClient;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A typed client whose bundle shares no class with the tests, which tell it through a service of the JDK's type. */
public final class ForeignSpeaker implements BundleActivator, WordsListener, Function<String, String> {

    private final NpiClient<WordsListener, Words> client =
            NpiClient.of(WordsNpi.NPI, new ModuleId.InterfaceLuid(9), this);

    @Override
    public void start(BundleContext context) {
        context.registerService(ClientCharacteristics.class, client, null);
        context.registerService(Function.class, this, new Hashtable<>(Map.of("speaker", "true")));
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public String heard(String text) {
        return Frames.here();
    }

    @Override
    public String apply(String text) {
        return switch (text) {
            case "proxies" -> Boolean.toString(WordsNpi.NPI.usesProxies());
            case "attached" -> Integer.toString(client.attached().size());
            case "later" -> client.call(words -> words.later(text)).toCompletableFuture().join();
            default -> client.call(words -> words.say(text));
        };
    }
}
