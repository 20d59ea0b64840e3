package io.nmr.jmx;

import io.nmr.api.runtime.RegistrarRuntime;
import javax.management.JMException;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Shows the registrar over JMX while it is there. */
public final class Activator implements BundleActivator, ServiceTrackerCustomizer<RegistrarRuntime, Exposed> {

    private static final System.Logger LOG = System.getLogger(Activator.class.getName());

    private BundleContext context;
    private ServiceTracker<RegistrarRuntime, Exposed> registrar;

    @Override
    public void start(BundleContext context) {
        this.context = context;
        registrar = new ServiceTracker<>(context, RegistrarRuntime.class, this);
        registrar.open();
    }

    @Override
    public void stop(BundleContext context) {
        registrar.close();
    }

    @Override
    public Exposed addingService(ServiceReference<RegistrarRuntime> reference) {
        RegistrarRuntime runtime = context.getService(reference);
        if (runtime == null) {
            return null; // it went again
        }
        try {
            return Exposed.expose(context, runtime);
        } catch (JMException e) {
            context.ungetService(reference);
            LOG.log(System.Logger.Level.WARNING, "The registrar is not shown as " + Exposed.NAME + ": is the name taken?", e);
            return null;
        }
    }

    @Override
    public void modifiedService(ServiceReference<RegistrarRuntime> reference, Exposed exposed) {}

    @Override
    public void removedService(ServiceReference<RegistrarRuntime> reference, Exposed exposed) {
        exposed.hide();
        context.ungetService(reference);
    }
}
