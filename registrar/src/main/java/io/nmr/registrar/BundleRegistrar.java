package io.nmr.registrar;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BundleRef;
import io.nmr.engine.RegistrarEngine;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * The registrar as one bundle sees it, with explicit handles (O5). What the bundle registers here is its own: other
 * bundles can do nothing with the handles, and its stop drains what it did not deregister itself.
 *
 * <p><b>Threading.</b> As {@link NetworkModuleRegistrar}. The bundle's own callbacks run on the calling thread.
 */
final class BundleRegistrar implements NetworkModuleRegistrar {

    /** Makes one for each bundle. */
    record Factory(RegistrarEngine engine, Modules modules, CallbackThreads threads, Log log)
            implements ServiceFactory<NetworkModuleRegistrar> {

        @Override
        public NetworkModuleRegistrar getService(Bundle bundle, ServiceRegistration<NetworkModuleRegistrar> service) {
            return new BundleRegistrar(bundle, this);
        }

        /** The modules of the bundle stay registered until it deregisters them or stops. */
        @Override
        public void ungetService(
                Bundle bundle, ServiceRegistration<NetworkModuleRegistrar> service, NetworkModuleRegistrar registrar) {}
    }

    private final Bundle owner;
    private final BundleRef bundle;
    private final RegistrarEngine engine;
    private final Modules modules;
    private final CallbackThreads threads;
    private final Log log;

    private BundleRegistrar(Bundle owner, Factory factory) {
        this.owner = owner;
        this.bundle = BundleRefs.of(owner);
        this.engine = factory.engine;
        this.modules = factory.modules;
        this.threads = factory.threads;
        this.log = factory.log;
    }

    @Override
    public ClientRegistration registerClient(ClientCharacteristics client) {
        return register(engine.prepareClient(client, bundle));
    }

    @Override
    public ProviderRegistration registerProvider(ProviderCharacteristics provider) {
        return register(engine.prepareProvider(provider, bundle));
    }

    private <R extends Registration> R register(R prepared) {
        prepared.deregistration().thenRun(() -> modules.leave(prepared));
        if (!modules.enter(prepared, bundle) || isUninstalled() || !engine.register(prepared)) {
            engine.deregisterAll(List.of(prepared));
            throw new NmrException(
                    NmrStatus.DELETE_PENDING, prepared + " is not registered: its bundle, or the registrar, has stopped");
        }
        return prepared;
    }

    /** Asked once entered: the mark of a bundle that stops goes only after it is in this state. */
    private boolean isUninstalled() {
        return owner.getState() == Bundle.UNINSTALLED;
    }

    @Override
    public NmrStatus deregisterClient(ClientRegistration client) {
        return ifOwn(client, "deregister", () -> engine.deregisterClient(client));
    }

    @Override
    public NmrStatus deregisterProvider(ProviderRegistration provider) {
        return ifOwn(provider, "deregister", () -> engine.deregisterProvider(provider));
    }

    @Override
    public NmrStatus waitForClientDeregisterComplete(ClientRegistration client, Duration timeout) {
        return ifOwn(client, "wait", () -> engine.waitForClientDeregisterComplete(client, timeout));
    }

    @Override
    public NmrStatus waitForProviderDeregisterComplete(ProviderRegistration provider, Duration timeout) {
        return ifOwn(provider, "wait", () -> engine.waitForProviderDeregisterComplete(provider, timeout));
    }

    /** The owner stays known when it has completed: a handle is never of use to another bundle. */
    private NmrStatus ifOwn(Registration registration, String what, Supplier<NmrStatus> action) {
        if (engine.view().ref(registration).filter(module -> !bundle.equals(module.bundle())).isPresent()) {
            log.notTheOwner(what, registration, bundle);
            return NmrStatus.INVALID_PARAMETER;
        }
        return threads.draining(bundle, Drainer.WITHOUT_BOUND, action);
    }
}
