package io.nmr.tck;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import java.time.Duration;

/**
 * The fixture of a registrar that is there as plain calls: extend it, and give it the registrar.
 *
 * <p><b>Threading.</b> As {@link Fixture}.
 */
public abstract class Handles implements Fixture {

    /** For subclasses. */
    protected Handles() {}

    /** {@return the registrar that clients are registered with; that of {@link #registrar} unless overridden} */
    protected NetworkModuleRegistrar clients() {
        return registrar();
    }

    /** {@return the registrar that providers are registered with; that of {@link #registrar} unless overridden} */
    protected NetworkModuleRegistrar providers() {
        return registrar();
    }

    @Override
    public abstract NetworkModuleRegistrar registrar();

    @Override
    public final Registered registerClient(ClientCharacteristics client) {
        NetworkModuleRegistrar registrar = clients();
        ClientRegistration registration = registrar.registerClient(client);
        return new Registered() {
            @Override
            public void deregister() {
                requireBegun(registrar.deregisterClient(registration));
            }

            @Override
            public boolean awaitComplete(Duration patience) {
                return isComplete(registrar.waitForClientDeregisterComplete(registration, patience));
            }
        };
    }

    @Override
    public final Registered registerProvider(ProviderCharacteristics provider) {
        NetworkModuleRegistrar registrar = providers();
        ProviderRegistration registration = registrar.registerProvider(provider);
        return new Registered() {
            @Override
            public void deregister() {
                requireBegun(registrar.deregisterProvider(registration));
            }

            @Override
            public boolean awaitComplete(Duration patience) {
                return isComplete(registrar.waitForProviderDeregisterComplete(registration, patience));
            }
        };
    }

    private static void requireBegun(NmrStatus status) {
        if (!status.equals(NmrStatus.PENDING)) {
            throw new AssertionError("C2: deregister answers " + NmrStatus.PENDING + ", not " + status);
        }
    }

    private static boolean isComplete(NmrStatus status) {
        if (!status.isSuccess() && !status.equals(NmrStatus.TIMEOUT)) {
            throw new AssertionError("C3: a wait outside of callbacks answers success or timeout, not " + status);
        }
        return status.isSuccess();
    }

    @Override
    public void close() throws Exception {}
}
