package io.nmr.tck;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.ProviderCharacteristics;
import java.util.Map;

/**
 * A registrar under test. The class that the configuration parameter {@code nmr.tck.fixture} names is public and has a
 * public constructor without parameters; one object of it serves all tests of a run, and is closed after them.
 *
 * <p><b>Threading.</b> Any thread may call any method, inside callbacks of the tests' modules too.
 *
 * <p><b>Errors.</b> Characteristics that R4 forbids may be an {@link io.nmr.api.NmrException} or be left alone; what the
 * tests look at is that they are offered to nobody.
 */
public interface Fixture extends AutoCloseable {

    /**
     * Makes the registrar ready, once and before anything else but {@link #inexpressible}.
     *
     * @throws Exception if it cannot be had; every test fails
     */
    default void open() throws Exception {}

    /**
     * Registers a client; returns when the offers that this leads to have been answered (R9).
     *
     * @param client the characteristics, legal or not
     * @return the registration
     */
    Registered registerClient(ClientCharacteristics client);

    /**
     * Registers a provider; returns when the offers that this leads to have been answered (R9).
     *
     * @param provider the characteristics, legal or not
     * @return the registration
     */
    Registered registerProvider(ProviderCharacteristics provider);

    /**
     * The registrar as plain calls with handles, for the rules about these.
     *
     * @return the registrar
     * @throws UnsupportedOperationException if there is none; then {@link #inexpressible} names the tests that ask for it
     */
    default NetworkModuleRegistrar registrar() {
        throw new UnsupportedOperationException("no handles");
    }

    /**
     * What this way of registering has no words for. Such tests are skipped, and the conformance document shows the
     * reasons.
     *
     * @return a reason for each rule, such as {@code C3}, or for each test by its name
     */
    default Map<String, String> inexpressible() {
        return Map.of();
    }
}
