package io.nmr.registrar;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.NmrException;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Tracks the characteristics published under one module type: registers them, and knows their registrations when their
 * services go (O1). A service is entered here before anything else is done with it, so the unregistering hook finds it
 * at any moment. {@code removedService} only removes the entry, because a framework may call it on another thread after
 * {@code unregister()} has returned.
 *
 * <p><b>Threading.</b> Any thread; no lock of its own. Offers run on the tracking thread.
 */
final class ModuleTracker implements ServiceTrackerCustomizer<Object, Publication> {

    private final ModuleType type;
    private final BundleContext context;
    private final RegistrarEngine engine;
    private final Modules modules;
    private final DetachTimeouts timeouts;
    private final Log log;
    private final ConcurrentMap<ServiceReference<?>, Publication> published = new ConcurrentHashMap<>();
    private final ServiceTracker<Object, Publication> tracker;

    /** A service may go between the opening tracker's look at the registry and its {@code addingService}. */
    private volatile boolean opening;

    ModuleTracker(
            ModuleType type,
            BundleContext context,
            RegistrarEngine engine,
            Modules modules,
            DetachTimeouts timeouts,
            Log log) {
        this.type = type;
        this.context = context;
        this.engine = engine;
        this.modules = modules;
        this.timeouts = timeouts;
        this.log = log;
        this.tracker = new ServiceTracker<>(context, type.typeName(), this);
    }

    /** Tracks the type of every exporter by its name; the log names services of another exporter. */
    void open() {
        opening = true;
        tracker.open(true);
        opening = false;
        dropTombstonesIfOpen();
    }

    void close() {
        tracker.close();
    }

    @Override
    public Publication addingService(ServiceReference<Object> reference) {
        Publication publication = new Publication();
        Publication withdrawnBefore = published.putIfAbsent(reference, publication);
        if (withdrawnBefore == null && publish(reference, publication)) {
            return publication;
        }
        published.remove(reference);
        return null;
    }

    private boolean publish(ServiceReference<Object> reference, Publication publication) {
        if (reference.getBundle() == null) {
            return false;
        }
        BundleRef bundle = BundleRefs.of(reference.getBundle());
        if (modules.isStopping(bundle.id())) {
            log.publishedWhileStopping(PublishedService.name(type, reference), bundle);
            return false;
        }
        PublishedService service = PublishedService.get(type, reference, bundle, context, log);
        Registration prepared = service == null ? null : prepare(service);
        return prepared != null && register(prepared, publication, service);
    }

    private Registration prepare(PublishedService service) {
        try {
            return service.prepare(engine);
        } catch (NmrException e) {
            log.refused(service.toString(), service.bundle(), e);
            service.unget();
            return null;
        }
    }

    private boolean register(Registration prepared, Publication publication, PublishedService service) {
        Object said = DetachTimeouts.said(service.reference());
        timeouts.read(prepared, said, service);
        prepared.deregistration().thenRun(() -> ended(prepared, service));
        boolean entered = modules.enter(prepared, service.bundle());
        if (!entered) {
            log.publishedWhileStopping(service.toString(), service.bundle());
        }
        if (!entered || !publication.enter(prepared)) {
            engine.deregisterAll(List.of(prepared));
            return false;
        }
        engine.register(prepared);
        readAgain(prepared, service.reference(), said);
        return true;
    }

    /** The tracker leaves out a change that comes while it adds the service, and so while the offers run. */
    private void readAgain(Registration registration, ServiceReference<?> reference, Object said) {
        if (!Objects.equals(said, DetachTimeouts.said(reference))) {
            readTimeout(registration, reference);
        }
    }

    /** The module is not called any more: its service is released. */
    private void ended(Registration registration, PublishedService service) {
        modules.leave(registration);
        timeouts.forget(registration);
        service.unget();
    }

    /** The registration to drain now that the service is being unregistered, or null. */
    Registration withdraw(ServiceReference<?> reference) {
        if (opening && type.isPublishedAs(reference)) {
            published.putIfAbsent(reference, Publication.tombstone());
            dropTombstonesIfOpen();
        }
        Publication publication = published.get(reference);
        return publication == null ? null : publication.withdraw();
    }

    /** The later of the two, the opening thread or the one that unregisters, sees what the other has done. */
    private void dropTombstonesIfOpen() {
        if (!opening) {
            published.values().removeIf(Publication::isTombstone);
        }
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Publication publication) {
        // service properties are no characteristics: only the detach timeout may have changed
        Registration registration = publication.registration();
        if (registration != null) {
            readTimeout(registration, reference);
        }
    }

    /** The later of the two, this thread or the one on which the module ends, sees what the other has done. */
    private void readTimeout(Registration registration, ServiceReference<?> reference) {
        timeouts.read(registration, DetachTimeouts.said(reference), PublishedService.name(type, reference));
        if (modules.entered(List.of(registration)).isEmpty()) {
            timeouts.forget(registration);
        }
    }

    @Override
    public void removedService(ServiceReference<Object> reference, Publication publication) {
        published.remove(reference);
    }
}
