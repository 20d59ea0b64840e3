package io.nmr.shell;

import io.nmr.api.runtime.RegistrarRuntime;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;

/** Publishes the commands. They stay while the registrar comes and goes, and say so. */
public final class Activator implements BundleActivator {

    private ServiceTracker<RegistrarRuntime, RegistrarRuntime> registrar;

    @Override
    public void start(BundleContext context) {
        registrar = new ServiceTracker<>(context, RegistrarRuntime.class, null);
        registrar.open();
        Console console = new Console(registrar::getService, context, Terminal.OF_THE_JVM);
        context.registerService(NmrCommands.class, new NmrCommands(console), properties());
    }

    @Override
    public void stop(BundleContext context) {
        registrar.close();
    }

    /** By these Gogo knows a command, on plain Felix and in Karaf, without a class of its own. */
    private static Dictionary<String, Object> properties() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", NmrCommands.SCOPE);
        properties.put("osgi.command.function", NmrCommands.functions());
        return properties;
    }
}
