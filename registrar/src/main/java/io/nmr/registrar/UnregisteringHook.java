package io.nmr.registrar;

import io.nmr.api.Registration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/**
 * Drains the modules of a service that is unregistered, before {@code unregister()} goes on (O1).
 *
 * <p><b>Threading.</b> Called on the unregistering thread.
 */
final class UnregisteringHook implements EventListenerHook {

    private final List<ModuleTracker> trackers;
    private final Drainer drainer;

    UnregisteringHook(List<ModuleTracker> trackers, Drainer drainer) {
        this.trackers = trackers;
        this.drainer = drainer;
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        if (event.getType() == ServiceEvent.UNREGISTERING) {
            unregistering(event.getServiceReference());
        }
    }

    private void unregistering(ServiceReference<?> reference) {
        List<Registration> modules = new ArrayList<>(trackers.size());
        for (ModuleTracker tracker : trackers) {
            Registration module = tracker.withdraw(reference);
            if (module != null) {
                modules.add(module);
            }
        }
        if (!modules.isEmpty()) {
            drainer.serviceGoes(BundleRefs.of(reference.getBundle()), modules);
        }
    }
}
