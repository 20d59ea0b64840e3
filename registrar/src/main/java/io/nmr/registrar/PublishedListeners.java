package io.nmr.registrar;

import io.nmr.api.runtime.RegistrarListener;
import java.util.function.Function;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Tracks services that listen to events: each is added as a listener, and removed and released when it is unregistered.
 *
 * @param <S> the type of the services
 */
final class PublishedListeners<S> implements ServiceTrackerCustomizer<S, S> {

    private final BundleContext context;
    private final RuntimeEvents events;
    private final Function<S, RegistrarListener> listeners;
    private final ServiceTracker<S, S> tracker;

    /**
     * @param type the name under which they are published
     * @param listeners makes a listener of such a service
     */
    PublishedListeners(
            BundleContext context, RuntimeEvents events, String type, Function<S, RegistrarListener> listeners) {
        this.context = context;
        this.events = events;
        this.listeners = listeners;
        this.tracker = new ServiceTracker<>(context, type, this);
    }

    void open() {
        tracker.open();
    }

    void close() {
        tracker.close();
    }

    @Override
    public S addingService(ServiceReference<S> reference) {
        S service = context.getService(reference);
        if (service != null) {
            events.add(reference, name(reference), listeners.apply(service));
        }
        return service;
    }

    private static String name(ServiceReference<?> reference) {
        String service = "service.id " + reference.getProperty("service.id");
        return reference.getBundle() == null ? service : service + " of " + BundleRefs.of(reference.getBundle());
    }

    @Override
    public void modifiedService(ServiceReference<S> reference, S service) {
        // its service properties do not matter
    }

    @Override
    public void removedService(ServiceReference<S> reference, S service) {
        events.remove(reference);
        context.ungetService(reference);
    }
}
