package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallChain;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.Role;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.EngineSettings;
import io.nmr.engine.spi.Incident;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The engine, and the parts of the tests' modules. After each test no unexpected incident may be left. */
final class Rig implements AfterEachCallback {

    static final NpiId ID = NpiId.of("00000000-0000-0000-0000-00000000000a");
    static final ModuleId CLIENT = ModuleId.of("00000000-0000-0000-0000-0000000000c0");
    static final ModuleId PROVIDER = ModuleId.of("00000000-0000-0000-0000-0000000000b0");
    static final Npi<Void, Lookup> PLAIN = Npi.of(ID, "lookup", Lookup.class);
    static final Npi<Listener, Lookup> NPI = Npi.of(ID, "lookup", Listener.class, Lookup.class);
    static final Npi<Void, Lookup> FAMILIES = PLAIN.withProviderCharacteristics(Families.class);
    static final Npi<Listener2, Lookup> VERSIONED = Npi.of(ID, "lookup", Listener2.class, Lookup.class)
            .withEarlierClient(Listener.class, now -> () -> now.changed("all"), then -> what -> then.changed());

    /** A client, for tests of its parts. */
    static final Profile<Void, Lookup> OWN = Profile.of(PLAIN, Role.CLIENT, CLIENT);

    final List<Incident> incidents = new CopyOnWriteArrayList<>();
    final RegistrarEngine engine =
            new RegistrarEngine(new EngineSettings(EffectTask::run, incidents::add, System::nanoTime));

    ClientRegistration register(ClientCharacteristics client) {
        return engine.registerClient(client);
    }

    ProviderRegistration register(ProviderCharacteristics provider) {
        return engine.registerProvider(provider);
    }

    NpiProvider<Void, Lookup> provider(long number) {
        return NpiProvider.of(PLAIN, PROVIDER, key -> key + " of " + number).withNumber(number);
    }

    NpiClient<Void, Lookup> client() {
        return NpiClient.of(PLAIN, CLIENT);
    }

    static BindingContext<Lookup> bindingTo(long number) {
        return new BindingContext<>(RegistrationInstance.of(ID, PROVIDER, number, null));
    }

    /** Deregisters; returns whether that is complete at once. */
    boolean goes(Registration registration) {
        assertThat(engine.deregister(registration)).isEqualTo(NmrStatus.PENDING);
        return isGone(registration);
    }

    boolean isGone(Registration registration) {
        return registration.deregistration().toCompletableFuture().isDone();
    }

    void awaitGone(Registration registration) {
        assertThat(engine.drain(Map.of(registration, Duration.ofSeconds(30)), passed -> Duration.ZERO))
                .isEqualTo(NmrStatus.SUCCESS);
    }

    List<BindingSnapshot> bindings(Registration registration) {
        return engine.view().bindings(List.of(registration));
    }

    List<String> expectedIncidents() {
        List<String> rules = incidents.stream().map(Incident::rule).toList();
        incidents.clear();
        return rules;
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(incidents).isEmpty();
        assertThat(CallChain.snapshot()).isEmpty();
    }
}
