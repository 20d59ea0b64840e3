package io.nmr.explore;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.Role;
import io.nmr.api.runtime.SideSnapshot;
import io.nmr.api.runtime.SideSnapshot.Owes;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EngineEvents;
import io.nmr.engine.spi.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Loaded beside the engine that it makes. */
public final class EngineSubject implements Subject {

    private final List<String> incidents = new CopyOnWriteArrayList<>();
    private final RegistrarEngine engine;

    /** An engine whose clock stands still. */
    EngineSubject(Executor executor) {
        engine = new RegistrarEngine(new EngineSettings(
                effect -> executor.execute(effect.kind().name(), effect.bundle().symbolicName(), effect),
                incident -> incidents.add(incident.message()),
                () -> 0,
                InstantSource.fixed(Instant.EPOCH),
                events()));
    }

    private static EngineEvents events() {
        EngineEvents events = new EngineEvents(event -> { });
        events.setEnabled(true);
        return events;
    }

    /** Named where a mutant's loader makes it. */
    public static Object factory() {
        return (Factory) EngineSubject::new;
    }

    private static BundleRef bundle(String name) {
        return new BundleRef(1, name, "1.0.0");
    }

    @Override
    public Registration prepare(ClientCharacteristics client, String name) {
        return engine.prepareClient(client, bundle(name));
    }

    @Override
    public Registration prepare(ProviderCharacteristics provider, String name) {
        return engine.prepareProvider(provider, bundle(name));
    }

    @Override
    public boolean register(Registration prepared) {
        return engine.register(prepared);
    }

    @Override
    public NmrStatus deregister(Registration registration) {
        return engine.deregister(registration);
    }

    @Override
    public NmrStatus drainAtOnce(Registration registration) {
        return engine.drain(Map.of(registration, Duration.ZERO), passed -> Duration.ZERO);
    }

    @Override
    public NmrStatus awaitAtOnce(Registration registration) {
        return engine.view().ref(registration).orElseThrow().role() == Role.CLIENT
                ? engine.waitForClientDeregisterComplete((ClientRegistration) registration, Duration.ZERO)
                : engine.waitForProviderDeregisterComplete((ProviderRegistration) registration, Duration.ZERO);
    }

    @Override
    public List<Leaving> leaving() {
        return engine.view().bindings().stream()
                .filter(binding -> binding.state() == BindingState.DETACHING || binding.state() == BindingState.CLEANING)
                .map(EngineSubject::leaving)
                .toList();
    }

    private static Leaving leaving(BindingSnapshot binding) {
        return new Leaving(
                binding.id(),
                name(binding.client()),
                name(binding.provider()),
                binding.sides().stream()
                        .filter(side -> side.owes() == Owes.COMPLETION)
                        .map(EngineSubject::name)
                        .collect(Collectors.toSet()));
    }

    private static String name(SideSnapshot side) {
        return side.module().bundle().symbolicName();
    }

    @Override
    public boolean abandon(long binding) {
        return engine.abandon(binding);
    }

    @Override
    public boolean drop(long binding) {
        return engine.drop(binding);
    }

    @Override
    public List<String> incidents() {
        return incidents;
    }

    @Override
    public Object heap() {
        return engine;
    }
}
