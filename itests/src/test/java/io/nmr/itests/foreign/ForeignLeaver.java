package io.nmr.itests.foreign;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.itests.npi.Words;
import io.nmr.itests.npi.WordsListener;
import io.nmr.itests.npi.WordsNpi;
import io.nmr.typed.NpiClient;
import io.nmr.typed.NpiProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A bundle that leaves, and shares no class with the tests: modules of both roles, typed and raw, which call and are called
 * on threads that stay. It is a client of another NPI, too, without a provider: so it hears when it has to leave, and ends
 * the call that is under way then.
 */
public final class ForeignLeaver implements BundleActivator, ClientCharacteristics, Words, WordsListener {

    private static final int THREADS = 3;
    private static final int CALLS = 4;

    private final NpiProvider<WordsListener, Words> provider =
            NpiProvider.of(WordsNpi.NPI, new ModuleId.InterfaceLuid(20), this);
    private final NpiClient<WordsListener, Words> client =
            NpiClient.of(WordsNpi.NPI, new ModuleId.InterfaceLuid(21), this);
    private final ForeignEcho echo = new ForeignEcho();
    private final ForeignCaller caller = new ForeignCaller();
    private final CountDownLatch leaving = new CountDownLatch(1);
    private Consumer<String> told;

    @Override
    @SuppressWarnings("unchecked")
    public void start(BundleContext context) {
        BundleContext system = context.getBundle(0).getBundleContext(); // Felix keeps a bundle that has used a service
        told = system.getService(system.getServiceReference(Consumer.class));
        context.registerService(ProviderCharacteristics.class, provider, null);
        context.registerService(ClientCharacteristics.class, client, null);
        echo.start(context);
        caller.start(context);
        context.registerService(ClientCharacteristics.class, this, null);
        callFrom(system.getService(system.getServiceReference(Executor.class)));
    }

    /** All at once, so that their gates are contended. */
    private void callFrom(Executor threads) {
        List<CompletableFuture<Void>> calling = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calling.add(CompletableFuture.runAsync(this::callAll, threads));
        }
        calling.forEach(CompletableFuture::join);
    }

    private void callAll() {
        for (int i = 0; i < CALLS; i++) {
            caller.call();
            client.forEach(words -> {
                words.later("x").toCompletableFuture().join();
                words.say("callback");
            });
            provider.forEachClient(listener -> {
                listener.heard("x");
            });
        }
    }

    @Override
    public void stop(BundleContext context) {
        told.accept("leaver stop");
    }

    @Override
    public String say(String text) {
        if (text.equals("stay")) {
            told.accept("leaver stays");
            awaitLeaving();
            told.accept("leaver answers");
        }
        return text;
    }

    private void awaitLeaving() {
        try {
            if (!leaving.await(15, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody said that it leaves");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public CompletionStage<String> later(String text) {
        return CompletableFuture.completedStage(text);
    }

    @Override
    public String heard(String text) {
        return text;
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(
                NpiId.of("33333333-2222-3333-4444-555555555555"), new ModuleId.InterfaceLuid(22), 1, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance other) {
        return NmrStatus.NOINTERFACE;
    }

    @Override
    public void clientDeregistering() {
        leaving.countDown();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return NmrStatus.SUCCESS;
    }
}
