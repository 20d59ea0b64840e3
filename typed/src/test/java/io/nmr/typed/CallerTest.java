package io.nmr.typed;

import static io.nmr.typed.Rig.CLIENT;
import static io.nmr.typed.Rig.FAMILIES;
import static io.nmr.typed.Rig.NPI;
import static io.nmr.typed.Rig.PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.Registration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallerTest {

    @RegisterExtension
    final Rig rig = new Rig();

    private final List<String> events = new ArrayList<>();

    private static long serving(Caller<Lookup> caller) {
        return caller.call((lookup, provider) -> provider.number());
    }

    private void registerFamilies(long number, String served, long ranking) {
        rig.register(NpiProvider.of(FAMILIES, PROVIDER, (String key) -> key)
                .withNumber(number)
                .withCharacteristics(new Families(served, ranking)));
    }

    @Test
    void choice_newestUnlessToldOtherwise() {
        NpiClient<Void, Lookup> client = rig.client();
        rig.register(client);
        rig.register(rig.provider(1));
        assertThat(serving(client)).isEqualTo(1);
        var newest = rig.register(rig.provider(3));
        rig.register(rig.provider(2));
        assertThat(serving(client)).isEqualTo(3);

        rig.goes(newest);
        assertThat(serving(client)).isEqualTo(2);
    }

    @Test
    void choice_ofEquals_theOneAttachedLast() {
        NpiClient<Void, Lookup> client = NpiClient.of(FAMILIES, CLIENT);
        rig.register(client);
        registerFamilies(1, "first", 0);
        registerFamilies(1, "second", 0);

        String served = client.call((lookup, provider) -> provider.characteristics(Families.class).served());
        assertThat(served).isEqualTo("second");
    }

    @Test
    void choice_highestRanking_thenNewest() {
        NpiClient<Void, Lookup> client = NpiClient.of(FAMILIES, CLIENT)
                .withChoice(ProviderChoice.highest(module -> module.characteristics(Families.class).ranking()));
        rig.register(client);
        registerFamilies(1, "v4", 10);
        registerFamilies(2, "v4", 10);
        registerFamilies(3, "v4", Long.MIN_VALUE);

        assertThat(serving(client)).isEqualTo(2);
    }

    @Test
    void choice_ownComparator() {
        NpiClient<Void, Lookup> client =
                rig.client().withChoice(ProviderChoice.by(Comparator.comparing(ModuleDescription::number)));
        rig.register(client);
        rig.register(rig.provider(2));
        rig.register(rig.provider(1));
        rig.register(rig.provider(3));

        assertThat(serving(client)).isEqualTo(1);
    }

    @Test
    void choice_roundRobin_takesAllInTurn() {
        NpiClient<Void, Lookup> client = rig.client().withChoice(ProviderChoice.roundRobin());
        rig.register(client);
        for (int number = 1; number <= 3; number++) {
            rig.register(rig.provider(number));
        }
        List<Long> served = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            served.add(serving(client));
        }

        assertThat(served.subList(0, 3)).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(served.subList(3, 6)).isEqualTo(served.subList(0, 3));
    }

    @Test
    void where_callsThoseOnlyThatSatisfyAllPredicates() {
        NpiClient<Void, Lookup> client = NpiClient.of(FAMILIES, CLIENT);
        rig.register(client);
        registerFamilies(1, "v6", 0);
        registerFamilies(2, "v6", 0);
        registerFamilies(3, "v4", 0);
        Caller<Lookup> v6 = client.where(Families.class, families -> families.served().equals("v6"));

        assertThat(serving(client)).isEqualTo(3);
        assertThat(serving(v6)).isEqualTo(2);
        assertThat(serving(v6.where(module -> module.number() < 2))).isEqualTo(1);
        assertThat(v6.attached()).hasSize(2);
        assertThatThrownBy(() -> serving(v6.where(module -> false))).isInstanceOf(NoProviderException.class);
    }

    @Test
    void T1_bindingThatCloses_isPassedOverForAnother() {
        NpiClient<Void, Lookup> client = rig.client();
        rig.register(client);
        rig.register(rig.provider(1));
        var newest = rig.register(rig.provider(2));
        // the newest goes while its predicate is tested: its gate refuses, and the other is tried
        Caller<Lookup> goesWhileAsked = client.where(module -> module.number() == 1 || !rig.goes(newest));

        assertThat(serving(client)).isEqualTo(2);
        assertThat(serving(client.where(module -> goesOnce(module, newest)))).isEqualTo(1);
        assertThat(goesWhileAsked.attached()).hasSize(1);
    }

    @Test
    void R7_bindingCleanedUpInTheMiddleOfTheChoice_isPassedOver() {
        NpiClient<Void, Lookup> client = rig.client();
        rig.register(client);
        var older = rig.register(rig.provider(1));
        rig.register(rig.provider(2));
        List<Long> asked = new ArrayList<>();
        Caller<Lookup> none = client.where(module -> {
            if (asked.isEmpty()) {
                assertThat(rig.goes(older)).isTrue();
            }
            asked.add(module.number());
            return false;
        });

        assertThatThrownBy(() -> serving(none)).isInstanceOf(NoProviderException.class);
        // tried twice, because the bindings have changed in between; never the one that is gone
        assertThat(asked).containsExactly(2L, 2L);
    }

    private boolean goesOnce(ModuleDescription module, Registration registration) {
        if (module.number() == 2) {
            rig.goes(registration);
        }
        return true;
    }

    @Test
    void admittedCall_isNeverRepeatedElsewhere() {
        NpiClient<Void, Lookup> client = rig.client();
        rig.register(client);
        rig.register(rig.provider(1));
        rig.register(rig.provider(2));

        assertThatThrownBy(() -> client.run((Lookup lookup) -> {
            events.add("called");
            throw new IOException("failed");
        })).isInstanceOf(IOException.class);
        assertThat(events).containsExactly("called");
    }

    @Test
    void noProvider_failsAtOnceNamingNpiAndClient() {
        NpiClient<Void, Lookup> client = rig.client().withNumber(5);
        rig.register(client);

        assertThatThrownBy(() -> client.run(lookup -> { }))
                .isInstanceOf(NoProviderException.class)
                .hasMessageContainingAll("client " + CLIENT + " number 5", "NPI 'lookup' " + Rig.ID);
        CompletionStage<String> stage = client.callAsync(lookup -> CompletableFuture.completedStage("never"));
        assertThatThrownBy(() -> stage.toCompletableFuture().get()).hasCauseInstanceOf(NoProviderException.class);
        assertThatThrownBy(() -> client.hold(lookup -> lookup, held -> { })).isInstanceOf(NoProviderException.class);
        client.forEach(lookup -> events.add("never"));
        assertThat(events).isEmpty();
    }

    @Test
    void forEach_callsAll_andThrowsTheFirstWithTheOthers() {
        NpiClient<Void, Lookup> client = rig.client();
        rig.register(client);
        for (int number = 1; number <= 3; number++) {
            rig.register(rig.provider(number));
        }

        assertThatThrownBy(() -> client.forEach((lookup, module) -> {
            events.add(lookup.find("key"));
            if (module.number() != 2) {
                throw new IOException("failed " + module.number());
            }
        })).isInstanceOf(IOException.class).hasMessage("failed 3").satisfies(failure ->
                assertThat(failure.getSuppressed()).singleElement().satisfies(other ->
                        assertThat(other).hasMessage("failed 1")));
        assertThat(events).containsExactly("key of 3", "key of 2", "key of 1");
    }

    @Test
    void forEachClient_callsAll_leavesOutThoseThatDetach() {
        NpiProvider<Listener, Lookup> provider = NpiProvider.of(NPI, PROVIDER, (String key) -> key);
        rig.register(provider);
        IllegalStateException failure = new IllegalStateException("failed");
        rig.register(NpiClient.of(NPI, CLIENT, () -> {
            throw failure;
        }));
        rig.register(NpiClient.of(NPI, CLIENT, () -> {
            throw failure;
        }));
        var gone = rig.register(NpiClient.of(NPI, CLIENT, () -> events.add("gone")));
        rig.register(NpiClient.of(NPI, CLIENT, () -> events.add("changed")));
        rig.goes(gone);

        assertThatThrownBy(() -> provider.forEachClient(Listener::changed)).isSameAs(failure);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(events).containsExactly("changed");
        provider.forEachClient((listener, module) -> assertThat(module.moduleId()).isEqualTo(CLIENT));
    }

    @Test
    void attached_countsCallsInProgress() {
        NpiClient<Void, Lookup> client = rig.client();
        rig.register(client);
        rig.register(rig.provider(1));
        client.run(lookup -> assertThat(client.attached()).singleElement()
                .extracting(AttachedModule::callsInProgress).isEqualTo(1L));

        assertThat(client.attached()).singleElement().extracting(AttachedModule::callsInProgress).isEqualTo(0L);
    }
}
