package io.nmr.conformance.runs;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.tck.Handles;
import org.osgi.framework.Bundle;

/** The registrar's OSGi service, clients and providers being those of two bundles. */
public final class ServiceFixture extends Handles {

    private EmbeddedFramework framework;
    private NetworkModuleRegistrar clients;
    private NetworkModuleRegistrar providers;

    @Override
    public void open() throws Exception {
        framework = new EmbeddedFramework();
        clients = registrarOf(framework.bundle("clients"));
        providers = registrarOf(framework.bundle("providers"));
    }

    private static NetworkModuleRegistrar registrarOf(Bundle bundle) {
        return bundle.getBundleContext()
                .getService(bundle.getBundleContext().getServiceReference(NetworkModuleRegistrar.class));
    }

    @Override
    public NetworkModuleRegistrar registrar() {
        return providers;
    }

    @Override
    protected NetworkModuleRegistrar clients() {
        return clients;
    }

    @Override
    public void close() throws Exception {
        framework.close();
    }
}
