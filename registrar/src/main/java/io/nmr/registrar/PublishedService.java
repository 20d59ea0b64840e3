package io.nmr.registrar;

import io.nmr.api.Registration;
import io.nmr.engine.RegistrarEngine;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A published service, got in the context of the bundle that published it: got in the registrar's own, each would make
 * the next one dearer.
 */
final class PublishedService {

    private final ModuleType type;
    private final ServiceReference<Object> reference;
    private final BundleContext publisher;
    private final Object service;
    private final BundleName bundle;

    private PublishedService(
            ModuleType type,
            ServiceReference<Object> reference,
            BundleContext publisher,
            Object service,
            BundleName bundle) {
        this.type = type;
        this.reference = reference;
        this.publisher = publisher;
        this.service = service;
        this.bundle = bundle;
    }

    /** Null, and said in the log, if it cannot be had or is not of our type. */
    static PublishedService get(ModuleType type, ServiceReference<Object> reference, BundleName bundle, Log log) {
        try {
            BundleContext publisher = contextOf(reference.getBundle());
            Object service = publisher.getService(reference);
            if (service != null) {
                return new PublishedService(type, reference, publisher, service, bundle).ifOurs(log);
            }
            log.noService(name(type, reference), bundle, null);
        } catch (RuntimeException | LinkageError e) {
            // A factory of the publisher's that throws, or a publisher that went meanwhile: its context is gone.
            log.noService(name(type, reference), bundle, e);
        }
        return null;
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

    BundleName bundle() {
        return bundle;
    }

    /** The publisher may be gone, or may have given the service back itself: neither matters. */
    void unget() {
        try {
            publisher.ungetService(reference);
        } catch (IllegalStateException e) {
            // Its context is invalid, and with it its use of every service has ended.
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
