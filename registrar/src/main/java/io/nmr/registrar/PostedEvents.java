package io.nmr.registrar;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * Posts each event to an Event Admin. No other class uses that package, which is optional: without it this class is never
 * loaded.
 */
final class PostedEvents implements RegistrarListener {

    private final EventAdmin admin;

    private PostedEvents(EventAdmin admin) {
        this.admin = admin;
    }

    static PublishedListeners<EventAdmin> to(BundleContext context, RuntimeEvents events) {
        return new PublishedListeners<>(context, events, EventAdmin.class.getName(), PostedEvents::new);
    }

    @Override
    public void event(RegistrarEvent event) {
        admin.postEvent(new Event(EventProperties.topic(event), EventProperties.of(event)));
    }
}
