package io.nmr.explore;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import io.nmr.engine.BindingSnapshot;
import io.nmr.engine.EngineEvents;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.Phase;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.SideState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Loaded beside the engine that it makes. */
public final class EngineSubject implements Subject {

    private final List<String> incidents = new CopyOnWriteArrayList<>();
    private final RegistrarEngine engine;

    /** An engine whose clock stands still. */
    EngineSubject(Executor executor) {
        engine = new RegistrarEngine(new EngineSettings(
                effect -> executor.execute(effect.kind().name(), (String) effect.module().origin(), effect),
                incident -> incidents.add(incident.message()),
                () -> 0,
                events()));
    }

    private static EngineEvents events() {
        EngineEvents events = new EngineEvents(event -> { });
        events.tell(true);
        return events;
    }

    /** Named where a mutant's loader makes it. */
    public static Object factory() {
        return (Factory) EngineSubject::new;
    }

    @Override
    public Registration prepare(ClientCharacteristics client, String name) {
        return engine.prepareClient(client, name);
    }

    @Override
    public Registration prepare(ProviderCharacteristics provider, String name) {
        return engine.prepareProvider(provider, name);
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
        return engine.drain(List.of(registration), Duration.ZERO);
    }

    @Override
    public NmrStatus awaitAtOnce(Registration registration) {
        return engine.await(List.of(registration), Duration.ZERO);
    }

    @Override
    public List<Leaving> leaving() {
        return engine.view().bindings().stream()
                .filter(binding -> binding.phase() == Phase.DETACHING || binding.phase() == Phase.CLEANING)
                .map(EngineSubject::leaving)
                .toList();
    }

    private static Leaving leaving(BindingSnapshot binding) {
        return new Leaving(
                binding.id(),
                name(binding.client()),
                name(binding.provider()),
                binding.sides().stream()
                        .filter(side -> side.state() == SideState.PENDING)
                        .map(EngineSubject::name)
                        .collect(Collectors.toSet()));
    }

    private static String name(BindingSnapshot.SideSnapshot side) {
        return (String) side.module().origin();
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
