package io.nmr.registrar;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;

/**
 * A published service. It is obtained without leaving a use count behind, because in Felix each one slows every later
 * {@code getService} (ADR 17). A service of scope singleton is one object: it is obtained and released at once, and stays
 * what it is while it is published. One of another scope is made for its user: it is obtained in the context of the bundle
 * that published it, and released after the module's last cleanup.
 */
final class PublishedService {

    private final ModuleType type;
    private final ServiceReference<Object> reference;
    private final Object service;
    private final BundleRef bundle;

    /** Null if the service was released at once. */
    private final BundleContext holder;

    private PublishedService(
            ModuleType type,
            ServiceReference<Object> reference,
            Object service,
            BundleRef bundle,
            BundleContext holder) {
        this.type = type;
        this.reference = reference;
        this.service = service;
        this.bundle = bundle;
        this.holder = holder;
    }

    /**
     * Null, and reported in the log, if it cannot be obtained or is not of the registrar's type.
     *
     * @param own the registrar's own context
     */
    static PublishedService get(
            ModuleType type, ServiceReference<Object> reference, BundleRef bundle, BundleContext own, Log log) {
        try {
            BundleContext holder = isShared(reference) ? null : contextOf(reference.getBundle());
            Object service = holder == null ? look(own.getServiceObjects(reference)) : holder.getService(reference);
            if (service != null) {
                return new PublishedService(type, reference, service, bundle, holder).ifOurs(log);
            }
            log.noService(name(type, reference), bundle, null);
        } catch (RuntimeException | LinkageError e) {
            // the publisher's factory threw, or the publisher stopped meanwhile and its context is invalid
            log.noService(name(type, reference), bundle, e);
        }
        return null;
    }

    private static boolean isShared(ServiceReference<?> reference) {
        return Constants.SCOPE_SINGLETON.equals(reference.getProperty(Constants.SERVICE_SCOPE));
    }

    /** Null if it is being unregistered. */
    private static Object look(ServiceObjects<Object> objects) {
        Object service = objects == null ? null : objects.getService();
        if (service != null) {
            release(objects, service);
        }
        return service;
    }

    /** Released by its reference, it would leave an empty entry behind in Felix until it is unregistered. */
    private static void release(ServiceObjects<Object> objects, Object service) {
        try {
            objects.ungetService(service);
        } catch (IllegalArgumentException | IllegalStateException e) {
            // it is released already: under its other type, or because it or the registrar stops
        }
    }

    private static BundleContext contextOf(Bundle bundle) {
        BundleContext context = bundle == null ? null : bundle.getBundleContext();
        if (context == null) {
            throw new IllegalStateException("its bundle is not active any more");
        }
        return context;
    }

    private PublishedService ifOurs(Log log) {
        if (type.isOurs(service)) {
            return this;
        }
        log.foreignType(toString(), bundle, type.exporterTo(service), type.ourExporter());
        unget();
        return null;
    }

    Registration prepare(RegistrarEngine engine) {
        return type.prepare(engine, service, bundle);
    }

    ServiceReference<?> reference() {
        return reference;
    }

    BundleRef bundle() {
        return bundle;
    }

    /** The publisher may have stopped, or released the service itself: neither matters. */
    void unget() {
        if (holder == null) {
            return;
        }
        try {
            holder.ungetService(reference);
        } catch (IllegalStateException e) {
            // the context is invalid, so its use of every service has ended
        }
    }

    static String name(ModuleType type, ServiceReference<?> reference) {
        return type.typeName() + " (service.id " + reference.getProperty("service.id") + ")";
    }

    @Override
    public String toString() {
        return name(type, reference);
    }
}
