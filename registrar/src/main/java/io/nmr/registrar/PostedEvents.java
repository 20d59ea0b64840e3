package io.nmr.registrar;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * Posts what happens to an Event Admin. With {@link ConfiguredSettings} the only class that knows an optional package:
 * where there is none, it is never loaded.
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
