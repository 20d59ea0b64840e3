package io.nmr.typed;

import static io.nmr.typed.Rig.CLIENT;
import static io.nmr.typed.Rig.NPI;
import static io.nmr.typed.Rig.PLAIN;
import static io.nmr.typed.Rig.PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DetachTest {

    @RegisterExtension
    final Rig rig = new Rig();

    private final CompletableFuture<String> stage = new CompletableFuture<>();
    private final NpiClient<Void, Lookup> client = rig.client();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Finds at once, or when {@code stage} completes. */
    private final class Staged implements Lookup {

        @Override
        public String find(String key) {
            return "found " + key;
        }

        @Override
        public CompletionStage<String> findAsync(String key) {
            return stage;
        }
    }

    private ProviderRegistration registerBoth() {
        ProviderRegistration provider = rig.register(NpiProvider.of(PLAIN, PROVIDER, new Staged()));
        rig.register(client);
        return provider;
    }

    @Test
    void D4_nothingInProgress_isDetachedAtOnce() {
        assertThat(rig.goes(registerBoth())).isTrue();
        assertThat(client.attached()).isEmpty();
    }

    @Test
    void D5_callInProgress_keepsTheDetachPendingUntilItReturns() throws Exception {
        ProviderRegistration provider = registerBoth();
        String found = client.call(lookup -> {
            assertThat(rig.goes(provider)).isFalse();
            assertThat(client.attached()).isEmpty();
            return lookup.find("key");
        });

        assertThat(found).isEqualTo("found key");
        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void D5_callbackInProgress_keepsTheDetachPendingUntilItReturns() {
        NpiProvider<Listener, Lookup> provider = NpiProvider.of(NPI, PROVIDER, (String key) -> key);
        rig.register(provider);
        List<Registration> registration = new ArrayList<>();
        registration.add(rig.register(NpiClient.of(NPI, CLIENT, () ->
                assertThat(rig.goes(registration.get(0))).isFalse())));
        provider.forEachClient(Listener::changed);

        assertThat(rig.isGone(registration.get(0))).isTrue();
        provider.forEachClient(Listener::changed);
    }

    @Test
    void T1_leakedDispatch_saysWhichBindingIsDetachedAndSinceWhen() {
        NpiClient<Void, Lookup> clocked = rig.client().withClock(() -> now);
        ProviderRegistration provider = rig.register(rig.provider(1));
        rig.register(clocked);
        Lookup leaked = clocked.call(lookup -> lookup);
        rig.goes(provider);
        now = now.plusSeconds(5);

        DetachedException refusal = catchThrowableOfType(DetachedException.class, () -> leaked.find("key"));
        assertThat(refusal.since()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(refusal).hasMessageContainingAll(
                "since 2026-01-01T00:00:00Z (5000 ms)", "NPI 'lookup' " + Rig.ID, "client " + CLIENT + " number 0",
                "provider " + PROVIDER + " number 1");
        assertThat(leaked.toString()).contains("the provider's dispatch table", "'lookup'", CLIENT.toString());
    }

    @Test
    void R7_leakedDispatch_keepsNothingOfTheOtherSide() throws Exception {
        List<Lookup> leaked = new ArrayList<>();
        List<WeakReference<?>> gone = detachOneThatIsLeaked(leaked);

        Garbage.awaitGone(gone);
        assertThatThrownBy(() -> leaked.get(0).find("key")).isInstanceOf(DetachedException.class);
    }

    private List<WeakReference<?>> detachOneThatIsLeaked(List<Lookup> leaked) {
        Lookup implementation = new Staged();
        Families said = new Families("v4", 0);
        ProviderRegistration provider =
                rig.register(NpiProvider.of(PLAIN, PROVIDER, implementation).withCharacteristics(said));
        rig.register(client);
        leaked.add(client.call(lookup -> lookup));
        rig.goes(provider);
        return List.of(new WeakReference<>(implementation), new WeakReference<>(said));
    }

    @Test
    void T6_leakedDispatchWithinACall_isAdmittedWhileDetaching() throws Exception {
        ProviderRegistration provider = registerBoth();
        Lookup leaked = client.call(lookup -> lookup);
        client.run(lookup -> {
            rig.goes(provider);
            assertThat(leaked.find("key")).isEqualTo("found key");
            assertThat(lookup.findAsync("key").toCompletableFuture()).isNotDone();
        });

        assertThat(rig.isGone(provider)).isFalse();
        stage.complete("late");
        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void T6_callWithinACall_goesToTheDetachingProviderInsteadOfWaitingForAnother() throws Exception {
        ProviderRegistration provider = registerBoth();
        String found = client.call(outer -> {
            rig.goes(provider);
            String inner = client.call(lookup -> lookup.find("inner"));
            CompletionStage<String> async = client.callAsync(lookup -> lookup.findAsync("key"));
            assertThat(async.toCompletableFuture()).isNotDone();
            return inner;
        });

        assertThat(found).isEqualTo("found inner");
        assertThat(rig.isGone(provider)).isFalse();
        stage.complete("late");
        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void T4_asyncCall_keepsTheDetachPendingUntilItsStageCompletes() {
        ProviderRegistration provider = registerBoth();
        CompletableFuture<String> copy =
                client.callAsync(lookup -> lookup.findAsync("key")).toCompletableFuture();
        assertThat(rig.goes(provider)).isFalse();
        assertThat(rig.bindings(provider).get(0).client().callsInProgress().getAsLong()).isPositive();

        copy.cancel(true);
        assertThat(rig.isGone(provider)).isFalse();
        assertThat(stage).isNotDone();
        stage.complete("late");
        assertThat(rig.isGone(provider)).isTrue();
    }

    @Test
    void T6_asyncCall_goesOnCallingWhileDetaching() {
        ProviderRegistration provider = registerBoth();
        List<Lookup> leaked = new ArrayList<>();
        CompletionStage<String> result = client.callAsync(lookup -> {
            leaked.add(lookup);
            return lookup.findAsync("key").thenApply(first -> found(lookup, first));
        });
        assertThat(rig.goes(provider)).isFalse();
        stage.complete("first");

        assertThat(result.toCompletableFuture()).isCompletedWithValue("found first");
        assertThat(rig.isGone(provider)).isTrue();
        assertThatThrownBy(() -> leaked.get(0).find("key")).isInstanceOf(DetachedException.class);
    }

    private static String found(Lookup lookup, String key) {
        try {
            return lookup.find(key);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void asyncCall_thatFails_failsItsStageAndEnds() {
        ProviderRegistration provider = registerBoth();
        IOException failure = new IOException("failed");
        List<CompletionStage<String>> results = List.of(
                client.callAsync(lookup -> {
                    throw failure;
                }),
                client.callAsync(lookup -> CompletableFuture.failedFuture(failure)));
        CompletionStage<String> nothing = client.callAsync(lookup -> null);

        assertThat(results).allSatisfy(result ->
                assertThatThrownBy(() -> result.toCompletableFuture().get()).hasCause(failure));
        assertThatThrownBy(() -> nothing.toCompletableFuture().get()).hasCauseInstanceOf(NullPointerException.class);
        assertThat(rig.goes(provider)).isTrue();
    }

    @Test
    void exceptions_endTheCall() {
        ProviderRegistration provider = registerBoth();
        IOException failure = new IOException("failed");

        assertThatThrownBy(() -> client.call(lookup -> {
            throw failure;
        })).isSameAs(failure);
        assertThatThrownBy(() -> client.run(lookup -> {
            throw failure;
        })).isSameAs(failure);
        assertThatThrownBy(() -> client.hold(lookup -> {
            throw failure;
        }, held -> { })).isSameAs(failure);
        assertThat(rig.goes(provider)).isTrue();
    }

    @Test
    void bothSidesDeregister_atOnce() {
        ProviderRegistration provider = rig.register(NpiProvider.of(PLAIN, PROVIDER, new Staged()));
        Registration clients = rig.register(client);
        client.callAsync(lookup -> lookup.findAsync("key"));
        assertThat(rig.goes(provider)).isFalse();
        assertThat(rig.goes(clients)).isFalse();
        stage.complete("late");

        rig.awaitGone(provider);
        rig.awaitGone(clients);
        assertThatThrownBy(() -> client.run(lookup -> { })).isInstanceOf(NoProviderException.class);
        assertThatIllegalStateException()
                .isThrownBy(() -> NpiProvider.of(PLAIN, PROVIDER, new Staged()).forEachClient(callbacks -> { }));
    }
}
