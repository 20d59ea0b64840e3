package io.nmr.conformance.runs;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.engine.RegistrarEngine;
import io.nmr.tck.Handles;

/** The engine in plain Java: {@code new RegistrarEngine()}. */
public final class EngineFixture extends Handles {

    private final NetworkModuleRegistrar engine = new RegistrarEngine();

    @Override
    public void open() {
        Quiet.please();
    }

    @Override
    public NetworkModuleRegistrar registrar() {
        return engine;
    }
}
