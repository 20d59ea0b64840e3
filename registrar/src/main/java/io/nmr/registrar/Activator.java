package io.nmr.registrar;

import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Starts and stops the registrar with its bundle. */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class Activator implements BundleActivator {

    private Registrar registrar;

    @Override
    public void start(BundleContext context) {
        registrar = new Registrar(context);
        try {
            registrar.start();
        } catch (RuntimeException | Error e) {
            registrar.stop();
            throw e;
        }
    }

    @Override
    public void stop(BundleContext context) {
        registrar.stop();
    }
}
