package io.nmr.itests.kit;

import static io.nmr.itests.kit.Moment.START;
import static io.nmr.itests.kit.Moment.STOP;

import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The usual plan: publish modules at the start; tear them down at the stop, as an activator does. */
public class Publishing implements Plan {

    private final Journal journal;
    private final String name;
    private final List<TestModule> modules;
    private final Map<TestModule, ServiceRegistration<?>> registrations = new ConcurrentHashMap<>();
    private volatile BundleContext context;

    public Publishing(Journal journal, String name, TestModule... modules) {
        this.journal = journal;
        this.name = name;
        this.modules = List.of(modules);
    }

    @Override
    public void start(BundleContext context) throws Exception {
        journal.add(name, START);
        this.context = context;
        modules.forEach(TestModule::revive);
        modules.forEach(this::publish);
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        journal.add(name, STOP);
        modules.forEach(TestModule::tearDown);
    }

    public final ServiceRegistration<?> publish(TestModule module) {
        return publish(module, null);
    }

    public final ServiceRegistration<?> publish(TestModule module, Dictionary<String, ?> properties) {
        ServiceRegistration<?> registration = context.registerService(module.types(), service(module), properties);
        registrations.put(module, registration);
        return registration;
    }

    /** What is registered for it: itself, or a factory. */
    protected Object service(TestModule module) {
        return module;
    }

    public final ServiceRegistration<?> registration(TestModule module) {
        return registrations.get(module);
    }

    public final BundleContext context() {
        return context;
    }
}
