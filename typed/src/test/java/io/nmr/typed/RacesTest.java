package io.nmr.typed;

import static io.nmr.typed.Rig.CLIENT;
import static io.nmr.typed.Rig.FAMILIES;
import static io.nmr.typed.Rig.PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.ProviderRegistration;
import io.nmr.history.Event;
import io.nmr.history.HistoryCheck;
import io.nmr.history.Kind;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import io.nmr.typed.Background.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RacesTest {

    private static final int SWAPS = 500;
    private static final int CALLERS = 3;

    @RegisterExtension
    final Rig rig = new Rig();

    @RegisterExtension
    final Background background = new Background();

    private final Recorder recorder = new Recorder();
    private final Recorded recorded = new Recorded();
    private final AtomicBoolean over = new AtomicBoolean();
    private long providers;
    private final AtomicInteger violations = new AtomicInteger();

    /** An implementation that is closed at cleanup. It counts calls after that, and a second close. */
    private final class Mortal implements Lookup, AutoCloseable {

        private final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public String find(String key) {
            check();
            Thread.onSpinWait();
            check();
            return key;
        }

        @Override
        public CompletionStage<String> findAsync(String key) {
            check();
            return CompletableFuture.supplyAsync(() -> find(key));
        }

        private void check() {
            if (closed.get()) {
                violations.incrementAndGet();
            }
        }

        @Override
        public void close() {
            if (!closed.compareAndSet(false, true)) {
                violations.incrementAndGet();
            }
        }
    }

    /** Swaps without a gap: if one provider refuses a call, the other must take it. */
    @Test
    void T3_callsRacingWithSwaps_noneLostNoneAfterDetach() throws Exception {
        NpiClient<Void, Lookup> client = NpiClient.of(FAMILIES, CLIENT);
        register(client);
        Served serving = register();
        List<Task<Integer>> callers = startCallers(client);
        for (int i = 0; i < SWAPS; i++) {
            Served next = register();
            goes(serving);
            serving = next;
        }
        end(callers);
    }

    /** Updates in place: no provider is attached in between, and callers wait. */
    @Test
    void T3_callsRacingWithUpdatesInPlace_noneLostNoneAfterDetach() throws Exception {
        NpiClient<Void, Lookup> client = NpiClient.of(FAMILIES, CLIENT).withPatience(Duration.ofSeconds(30));
        register(client);
        Served serving = register();
        List<Task<Integer>> callers = startCallers(client);
        for (int i = 0; i < SWAPS; i++) {
            goes(serving);
            serving = register();
        }
        end(callers);
    }

    /** A provider that is registered, and what records it. */
    private record Served(ProviderRegistration registration, ModuleRecorder recorder) {}

    private void register(NpiClient<Void, Lookup> client) {
        ModuleRecorder module = recorder.client("lookup", Recorded.name(client.clientRegistrationInstance(), "client"));
        module.register(() -> rig.register(recorded.of(module, client)));
    }

    private Served register() {
        NpiProvider<Void, Lookup> provider = NpiProvider.perClient(FAMILIES, PROVIDER, client -> new Mortal())
                .withNumber(++providers)
                .withCharacteristics(new Families("v4", 0));
        ModuleRecorder module =
                recorder.provider("lookup", Recorded.name(provider.providerRegistrationInstance(), "provider"));
        return new Served(module.register(() -> rig.register(recorded.of(module, provider))), module);
    }

    private void goes(Served provider) {
        provider.recorder.deregister(() -> rig.engine.deregister(provider.registration));
        rig.awaitGone(provider.registration);
        provider.recorder.deregistered();
    }

    private List<Task<Integer>> startCallers(NpiClient<Void, Lookup> client) {
        List<Task<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(background.start(() -> callUntilOver(client)));
        }
        return callers;
    }

    private int callUntilOver(NpiClient<Void, Lookup> client) throws Exception {
        Caller<Lookup> v4 = client.where(Families.class, families -> families.served().equals("v4"));
        int calls = 0;
        while (!over.get()) {
            String found = v4.call(lookup -> lookup.find(lookup.find("key")));
            CompletionStage<String> later = v4.callAsync(
                    lookup -> lookup.findAsync("key").thenCompose(lookup::findAsync));
            assertThat(found).isEqualTo("key");
            assertThat(later.toCompletableFuture().get()).isEqualTo("key");
            calls++;
        }
        return calls;
    }

    private void end(List<Task<Integer>> callers) throws Exception {
        over.set(true);
        for (Task<Integer> caller : callers) {
            assertThat(caller.get()).isPositive();
        }
        assertThat(violations).hasValue(0);
        assertThat(recorder.history().events()).extracting(Event::kind).contains(Kind.CALL_ENTERED);
        HistoryCheck.requireAtEnd(recorder.history());
    }
}
