package io.nmr.metrics;

import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Serves the metrics. They stay while the registrar comes and goes; {@code nmr_registrar_up} tells. */
public final class Activator implements BundleActivator {

    private ServiceTracker<RegistrarRuntime, RegistrarRuntime> registrar;
    private Endpoint endpoint;

    @Override
    public void start(BundleContext context) throws IOException {
        registrar = new ServiceTracker<>(context, RegistrarRuntime.class, null);
        registrar.open();
        try {
            RegistrarMetrics metrics = new RegistrarMetrics(registrar::getService);
            endpoint = Endpoint.open(Endpoint.port(context.getProperty(Endpoint.PORT)), metrics.registry());
            context.registerService(RegistrarListener.class, metrics.drainSeconds(), properties());
        } catch (IOException | RuntimeException e) {
            stop(context); // who fails to start is not stopped
            throw e;
        } catch (NoClassDefFoundError e) {
            stop(context);
            throw new IOException("The metrics cannot be served: the framework does not export com.sun.net.httpserver", e);
        }
    }

    @Override
    public void stop(BundleContext context) {
        if (endpoint != null) {
            endpoint.close();
        }
        registrar.close();
    }

    /** The port where it was left to the system, for whoever has to know it. */
    private Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Endpoint.PORT, endpoint.port());
        return properties;
    }
}
