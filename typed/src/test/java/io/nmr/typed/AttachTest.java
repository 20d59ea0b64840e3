package io.nmr.typed;

import static io.nmr.typed.Rig.CLIENT;
import static io.nmr.typed.Rig.FAMILIES;
import static io.nmr.typed.Rig.NPI;
import static io.nmr.typed.Rig.PLAIN;
import static io.nmr.typed.Rig.PROVIDER;
import static io.nmr.typed.Rig.VERSIONED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttachTest {

    @RegisterExtension
    final Rig rig = new Rig();

    private final List<String> events = new ArrayList<>();

    @Test
    void attach_inBothOrders_bothCall() throws Exception {
        NpiProvider<Listener, Lookup> first = NpiProvider.of(NPI, PROVIDER, key -> "first " + key);
        rig.register(first);
        NpiClient<Listener, Lookup> client = NpiClient.of(NPI, CLIENT, () -> events.add("changed"));
        rig.register(client);
        NpiProvider<Listener, Lookup> second =
                NpiProvider.of(NPI, PROVIDER, (String key) -> "second " + key).withNumber(2);
        rig.register(second);

        assertThat(client.<String, Exception>call(lookup -> lookup.find("key"))).isEqualTo("second key");
        first.forEachClient(Listener::changed);
        second.forEachClient(Listener::changed);
        assertThat(events).containsExactly("changed", "changed");
        assertThat(client.attached()).extracting(module -> module.description().number()).containsExactly(2L, 0L);
        assertThat(second.attached()).singleElement()
                .satisfies(module -> assertThat(module.description().moduleId()).isEqualTo(CLIENT));
    }

    @Test
    void T3_callsInProgress_areAnnouncedToTheRegistrar() throws Exception {
        NpiProvider<Listener, Lookup> provider = NpiProvider.of(NPI, PROVIDER, key -> key);
        var registration = rig.register(provider);
        NpiClient<Listener, Lookup> client = NpiClient.of(NPI, CLIENT, () -> { });
        rig.register(client);

        client.run(lookup -> provider.forEachClient(listener -> {
            assertThat(rig.bindings(registration)).singleElement().satisfies(binding -> {
                assertThat(binding.client().callsInProgress()).isEqualTo(OptionalLong.of(1));
                assertThat(binding.provider().callsInProgress()).isEqualTo(OptionalLong.of(1));
            });
        }));
        assertThat(rig.bindings(registration).get(0).client().callsInProgress()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void A8_stackOfACall_hasNoFrameOfTheRegistrar() throws Exception {
        List<String> frames = new ArrayList<>();
        NpiProvider<Listener, Lookup> provider = NpiProvider.of(NPI, PROVIDER, key -> {
            frames.addAll(frames());
            return key;
        });
        rig.register(provider);
        List<String> back = new ArrayList<>();
        NpiClient<Listener, Lookup> client = NpiClient.of(NPI, CLIENT, () -> back.addAll(frames()));
        rig.register(client);
        client.call(lookup -> lookup.find("key"));
        provider.forEachClient(Listener::changed);

        assertThat(NPI.usesProxies()).isFalse();
        assertThat(frames).contains("nmr.guard." + Lookup.class.getName());
        assertThat(back).contains("nmr.guard." + Listener.class.getName());
        assertThat(Stream.concat(frames.stream(), back.stream()))
                .noneMatch(frame -> frame.startsWith("io.nmr.engine.") || frame.startsWith("io.nmr.registrar."));
    }

    /** The classes on the stack, up to the test itself, which JUnit calls by reflection. */
    private static List<String> frames() {
        return StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES)
                .walk(stack -> stack.map(StackWalker.StackFrame::getClassName)
                        .takeWhile(frame -> !frame.startsWith("java.lang.reflect.")
                                && !frame.startsWith("jdk.internal.reflect."))
                        .toList());
    }

    @Test
    void accept_unsatisfied_refuses() {
        rig.register(rig.provider(1));
        NpiClient<Void, Lookup> picky = rig.client().withAccept(provider -> provider.number() > 1);
        rig.register(picky);
        assertThat(picky.attached()).isEmpty();

        NpiProvider<Void, Lookup> pickyProvider = rig.provider(2).withAccept(client -> client.number() > 1);
        rig.register(pickyProvider);
        assertThat(picky.attached()).isEmpty();

        rig.register(rig.client().withNumber(2));
        assertThat(pickyProvider.attached()).hasSize(1);
    }

    @Test
    void accept_withAStatus_tellsThatStatus() {
        NmrStatus full = NmrStatus.INSUFFICIENT_RESOURCES;
        rig.register(rig.provider(1).withAccept(client -> false, full));
        List<NmrStatus> answers = new ArrayList<>();
        rig.register(new RawClient(null, answers));

        assertThat(answers).containsExactly(full);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rig.provider(1).withAccept(client -> true, NmrStatus.SUCCESS));
    }

    @Test
    void A6_versions_areOfferedInOrderAndAdapted() throws Exception {
        NpiProvider<Listener2, Lookup> old =
                NpiProvider.of(VERSIONED, PROVIDER, (String key) -> key).withClientVersions(Listener.class);
        NpiProvider<Listener2, Lookup> current = NpiProvider.of(VERSIONED, PROVIDER, (String key) -> key).withNumber(2);
        rig.register(old);
        rig.register(current);
        rig.register(NpiClient.of(VERSIONED, CLIENT, events::add));
        NpiClient<Listener, Lookup> oldClient = NpiClient.of(NPI, CLIENT, () -> events.add("old client"));
        rig.register(oldClient);

        old.forEachClient(listener -> listener.changed("this"));
        assertThat(events).containsExactlyInAnyOrder("all", "old client");
        events.clear();
        current.forEachClient(listener -> listener.changed("this"));
        assertThat(events).containsExactlyInAnyOrder("this", "old client");
    }

    @Test
    void A6_refusedForAnotherReason_isNotAskedAgain() {
        List<ModuleDescription> asked = new ArrayList<>();
        rig.register(NpiProvider.of(VERSIONED, PROVIDER, (String key) -> key)
                .withAccept(asked::add, NmrStatus.INSUFFICIENT_RESOURCES)
                .withAccept(client -> !asked.add(client), NmrStatus.INSUFFICIENT_RESOURCES));
        rig.register(NpiClient.of(VERSIONED, CLIENT, events::add));

        assertThat(asked).hasSize(1);
    }

    @Test
    void A6_unknownVersion_isAMistake() {
        NpiProvider<Listener2, Lookup> provider = NpiProvider.of(VERSIONED, PROVIDER, key -> key);

        assertThatIllegalArgumentException().isThrownBy(() -> provider.withClientVersions(Runnable.class));
        assertThatIllegalArgumentException().isThrownBy(provider::withClientVersions);
        assertThatIllegalStateException().isThrownBy(
                () -> PLAIN.withEarlierClient(Listener.class, none -> null, listener -> null));
    }

    @Test
    void wrongClientDispatch_isRefusedNamingBothTypes() {
        NpiProvider<Listener, Lookup> provider = NpiProvider.of(NPI, PROVIDER, key -> key);
        rig.register(provider);
        List<NmrStatus> answers = new ArrayList<>();
        try (Logged logged = Logged.of("io.nmr.typed")) {
            rig.register(new RawClient("no listener", answers));
            rig.register(new RawClient(null, answers));

            assertThat(logged.messages()).hasSize(2);
            assertThat(logged.messages().get(0)).contains(
                    "provider " + PROVIDER, "client " + CLIENT, "'lookup'",
                    "is a java.lang.String of the JDK", Listener.class.getName() + " of loader ", "was expected");
            assertThat(logged.messages().get(1)).contains("is null");
        }
        assertThat(answers).containsExactly(NmrStatus.NOINTERFACE, NmrStatus.NOINTERFACE);
        assertThat(provider.attached()).isEmpty();
    }

    @Test
    void wrongProviderDispatch_isDetachedNamingBothTypes() {
        rig.register(new RawProvider("no lookup"));
        NpiClient<Void, Lookup> client = rig.client();
        try (Logged logged = Logged.of("io.nmr.typed")) {
            var registration = rig.register(client);

            assertThat(logged.messages()).singleElement().asString().contains(
                    "client " + CLIENT, "provider " + PROVIDER, "'lookup'",
                    "is a java.lang.String of the JDK", Lookup.class.getName() + " of loader ", "was expected");
            assertThat(rig.bindings(registration)).isEmpty();
        }
        assertThat(client.attached()).isEmpty();
        assertThat(rig.expectedIncidents()).containsExactly("A11");
    }

    @Test
    void dispatchOfTheSameNameFromAnotherLoader_isNamedAsSuch() throws Exception {
        Object foreign = new OtherLoader().implement(Lookup.class.getName());
        rig.register(new RawProvider(foreign));
        try (Logged logged = Logged.of("io.nmr.typed")) {
            rig.register(rig.client());

            assertThat(logged.messages()).singleElement().asString().contains(
                    "is another " + Lookup.class.getName() + " of bundle the other bundle",
                    "but " + Lookup.class.getName() + " of loader ");
        }
        assertThat(rig.expectedIncidents()).containsExactly("A11");
    }

    @Test
    void wrongCharacteristics_areRefusedNamingBothTypes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NpiProvider.of(FAMILIES, PROVIDER, (String key) -> key).withCharacteristics("all"))
                .withMessageContaining(Families.class.getName());
        rig.register(rig.provider(1).withCharacteristics("all"));
        rig.register(NpiProvider.of(FAMILIES, PROVIDER, (String key) -> key)
                .withCharacteristics(new Families("v4", 0)));
        NpiClient<Void, Lookup> client = NpiClient.of(FAMILIES, CLIENT);
        try (Logged logged = Logged.of("io.nmr.typed")) {
            rig.register(client);

            assertThat(logged.messages()).singleElement().asString().contains(
                    "number 1: its characteristics are a java.lang.String of the JDK", Families.class.getName());
        }
        assertThat(client.attached()).singleElement().satisfies(module ->
                assertThat(module.description().characteristics(Families.class).served()).isEqualTo("v4"));
    }

    @Test
    void R4_nothingSaidWhereTheNpiHasSomethingSaid_isRefused() {
        NpiProvider<Void, Lookup> provider = NpiProvider.of(FAMILIES, PROVIDER, key -> key);

        assertThatExceptionOfType(NmrException.class)
                .isThrownBy(() -> rig.register(provider))
                .withStackTraceContaining(Families.class.getName());
    }

    @Test
    void perClient_makesAnImplementationForEach_andClosesIt() throws Exception {
        class Own implements Lookup, AutoCloseable {
            private final ClientDescription<Listener> client;

            Own(ClientDescription<Listener> client) {
                this.client = client;
            }

            @Override
            public String find(String key) {
                client.callbacks().changed();
                return key + " for " + client.module().number();
            }

            @Override
            public void close() {
                events.add("close " + client.module().number());
            }
        }

        rig.register(NpiProvider.perClient(NPI, PROVIDER, Own::new));
        NpiClient<Listener, Lookup> one = NpiClient.of(NPI, CLIENT, () -> events.add("one")).withNumber(1);
        NpiClient<Listener, Lookup> two = NpiClient.of(NPI, CLIENT, () -> events.add("two")).withNumber(2);
        var registration = rig.register(one);
        rig.register(two);

        assertThat(one.<String, Exception>call(lookup -> lookup.find("key"))).isEqualTo("key for 1");
        assertThat(two.<String, Exception>call(lookup -> lookup.find("key"))).isEqualTo("key for 2");
        one.run(lookup -> assertThat(rig.goes(registration)).isFalse());
        assertThat(rig.isGone(registration)).isTrue();
        assertThat(events).containsExactly("one", "two", "close 1");
    }

    @Test
    void C1_closingAnImplementationFails_isReported() {
        interface Closeable extends Lookup, AutoCloseable {}
        rig.register(NpiProvider.perClient(PLAIN, PROVIDER, client -> new Closeable() {
            @Override
            public String find(String key) {
                return key;
            }

            @Override
            public void close() throws Exception {
                throw new Exception("checked");
            }
        }));

        assertThat(rig.goes(rig.register(rig.client()))).isTrue();
        assertThat(rig.expectedIncidents()).containsExactly("C1");
    }

    @Test
    void perClient_failing_isARefusal() {
        NpiProvider<Void, Lookup> throwing = NpiProvider.perClient(PLAIN, PROVIDER, client -> {
            throw new IllegalStateException("no");
        });
        rig.register(throwing);
        rig.register(NpiProvider.perClient(PLAIN, PROVIDER, client -> (Lookup) null));
        rig.register(rig.client());

        assertThat(throwing.attached()).isEmpty();
        assertThat(rig.expectedIncidents()).containsExactly("A5", "A5");
    }

    @Test
    void perProvider_makesCallbacksForEach() {
        NpiProvider<Listener, Lookup> provider = NpiProvider.of(NPI, PROVIDER, (String key) -> key).withNumber(7);
        rig.register(provider);
        rig.register(NpiClient.perProvider(NPI, CLIENT, module -> () -> events.add("changed " + module.number())));
        provider.forEachClient(Listener::changed);

        assertThat(events).containsExactly("changed 7");
    }

    @Test
    void component_extendsAModule() throws Exception {
        class Component extends NpiProvider<Void, Lookup> {
            Component() {
                super(NpiProvider.of(PLAIN, PROVIDER, (String key) -> "component " + key).withNumber(3));
            }
        }

        class ClientComponent extends NpiClient<Void, Lookup> {
            ClientComponent() {
                super(NpiClient.of(PLAIN, CLIENT).withNumber(4));
            }
        }

        rig.register(new Component());
        ClientComponent client = new ClientComponent();
        rig.register(client);

        assertThat(client.<String, Exception>call(lookup -> lookup.find("key"))).isEqualTo("component key");
        assertThat(client.clientRegistrationInstance().number()).isEqualTo(4);
    }

    /** A client that uses the plain API. */
    private record RawClient(Object dispatch, List<NmrStatus> answers) implements ClientCharacteristics {

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return RegistrationInstance.of(Rig.ID, CLIENT, 9, null);
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            AttachResult result = handle.attach(null, dispatch);
            answers.add(result.status());
            return result.status();
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }

    /** A provider that uses the plain API. */
    private record RawProvider(Object dispatch) implements ProviderCharacteristics {

        @Override
        public RegistrationInstance providerRegistrationInstance() {
            return RegistrationInstance.of(Rig.ID, PROVIDER, 9, null);
        }

        @Override
        public AttachResult attachClient(
                ProviderBindingHandle handle, Object context, RegistrationInstance client, Object theirs, Object given) {
            return new AttachResult.Attached(null, dispatch);
        }

        @Override
        public NmrStatus detachClient(Object bindingContext) {
            return NmrStatus.SUCCESS;
        }
    }
}
