package io.nmr.registrar;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.engine.RegistrarEngine;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Gives each bundle its own {@link NetworkModuleRegistrar} (O5). */
final class BundleRegistrars implements ServiceFactory<NetworkModuleRegistrar> {

    private final RegistrarEngine engine;
    private final Modules modules;
    private final CallbackThreads threads;
    private final Log log;

    BundleRegistrars(RegistrarEngine engine, Modules modules, CallbackThreads threads, Log log) {
        this.engine = engine;
        this.modules = modules;
        this.threads = threads;
        this.log = log;
    }

    @Override
    public NetworkModuleRegistrar getService(Bundle bundle, ServiceRegistration<NetworkModuleRegistrar> registration) {
        return new BundleRegistrar(bundle, engine, modules, threads, log);
    }

    /** What the bundle registered stays registered until it deregisters it or stops. */
    @Override
    public void ungetService(
            Bundle bundle,
            ServiceRegistration<NetworkModuleRegistrar> registration,
            NetworkModuleRegistrar registrar) {}
}
