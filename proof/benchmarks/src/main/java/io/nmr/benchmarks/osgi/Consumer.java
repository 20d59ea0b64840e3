package io.nmr.benchmarks.osgi;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.benchmarks.binding.Modules;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.dm.DependencyManager;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.util.tracker.ServiceTracker;

/** Who is told that characteristics were published and withdrawn: the registrar, or a peer. */
public enum Consumer {
    /** Nobody: what the framework itself takes. */
    NOBODY {
        @Override
        void open(Container container, BundleContext context) {
            SEEN.incrementAndGet();
        }
    },

    /** One listener, which gets no service. */
    LISTENER {
        @Override
        void open(Container container, BundleContext context) throws InvalidSyntaxException {
            context.addServiceListener(Consumer::see, "(objectClass=" + ClientCharacteristics.class.getName() + ")");
        }
    },

    /** One tracker, which gets every service. */
    TRACKER {
        @Override
        void open(Container container, BundleContext context) {
            new ServiceTracker<ClientCharacteristics, ClientCharacteristics>(context, ClientCharacteristics.class, null) {

                @Override
                public ClientCharacteristics addingService(
                        org.osgi.framework.ServiceReference<ClientCharacteristics> reference) {
                    SEEN.incrementAndGet();
                    return super.addingService(reference);
                }
            }.open();
        }
    },

    /** A component of Declarative Services with a dynamic multiple reference. */
    SCR {
        @Override
        void open(Container container, BundleContext context) throws BundleException {
            container.startAll(
                    "org.osgi.util.function", "org.osgi.util.promise", "org.osgi.service.component", "org.apache.felix.scr");
            container.start("component", ScrComponent.bundle());
        }
    },

    /** A component of Felix DependencyManager with an optional dependency on all of them. */
    DEPENDENCY_MANAGER {
        @Override
        void open(Container container, BundleContext context) {
            DependencyManager manager = new DependencyManager(context);
            manager.add(manager.createComponent()
                    .setImplementation(new DependencyManagerComponent())
                    .add(manager.createServiceDependency()
                            .setService(ClientCharacteristics.class)
                            .setRequired(false)
                            .setCallbacks("bind", "unbind")));
        }
    },

    /** The registrar, with one provider that everybody is attached to. */
    REGISTRAR {
        @Override
        void open(Container container, BundleContext context) throws BundleException {
            container.startAll("io.nmr.registrar");
        }

        @Override
        void prepare(Bundle publisher) {
            ProviderCharacteristics provider = new CountingProvider(Modules.RAW.provider(0), SEEN::incrementAndGet);
            publisher.getBundleContext().registerService(ProviderCharacteristics.class, provider, null);
        }
    };

    /** How many publications were noticed. */
    static final AtomicLong SEEN = new AtomicLong();

    abstract void open(Container container, BundleContext context)
            throws BundleException, InvalidSyntaxException;

    /** What the first of the publishers publishes before all others. */
    void prepare(Bundle publisher) {}

    private static void see(ServiceEvent event) {
        if (event.getType() == ServiceEvent.REGISTERED) {
            SEEN.incrementAndGet();
        }
    }
}
