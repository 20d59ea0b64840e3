package io.nmr.itests.kit;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Publishes modules of scope bundle: each is made for whoever gets it. */
public final class PublishingByFactory extends Publishing {

    public PublishingByFactory(Journal journal, String name, TestModule... modules) {
        super(journal, name, modules);
    }

    @Override
    protected Object service(TestModule module) {
        return new ServiceFactory<Object>() {
            @Override
            public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
                return module;
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {}
        };
    }
}
