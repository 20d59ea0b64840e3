package io.nmr.explore;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.Registration;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.List;

/** Loaded beside the engine that it makes. */
public final class EngineSubject implements Subject {

    private final RegistrarEngine engine;

    /** An engine whose clock stands still. */
    EngineSubject(Executor executor) {
        engine = new RegistrarEngine(new EngineSettings(
                effect -> executor.execute(effect.kind().name(), (String) effect.module().origin(), effect),
                incident -> { },
                () -> 0));
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
    public Object heap() {
        return engine;
    }
}
