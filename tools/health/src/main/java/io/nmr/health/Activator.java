package io.nmr.health;

import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Hashtable;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Publishes the checks. They stay while the registrar comes and goes, and say so. */
public final class Activator implements BundleActivator {

    private ServiceTracker<RegistrarRuntime, RegistrarRuntime> runtime;

    @Override
    public void start(BundleContext context) {
        runtime = new ServiceTracker<>(context, RegistrarRuntime.class, null);
        runtime.open();
        Registrar registrar = new Registrar(runtime::getService);
        Settings settings = Settings.read(context::getProperty);
        IncidentCheck incidents = new IncidentCheck(registrar, InstantSource.system(), settings.window());
        UnboundCheck unbound = new UnboundCheck(registrar, InstantSource.system(), settings.grace());
        context.registerService(RegistrarListener.class, incidents, null);
        context.registerService(RegistrarListener.class, unbound, null);
        context.registerService(HealthCheck.class, new DrainCheck(registrar), properties("NMR drains", "drains"));
        context.registerService(HealthCheck.class, incidents, properties("NMR incidents", "incidents"));
        context.registerService(HealthCheck.class, unbound, properties("NMR unbound modules", "unbound"));
    }

    @Override
    public void stop(BundleContext context) {
        runtime.close();
    }

    private static Dictionary<String, Object> properties(String name, String tag) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(HealthCheck.NAME, name);
        properties.put(HealthCheck.TAGS, new String[] {"nmr", tag});
        properties.put(HealthCheck.MBEAN_NAME, name);
        return properties;
    }
}
