package io.nmr.registrar;

import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ManagedService;

/**
 * Takes the settings from Config Admin. No other class uses that package, which is optional: without it this class is never
 * loaded.
 *
 * <p><b>Threading.</b> Config Admin calls it on a thread of its own.
 */
final class ConfiguredSettings implements ManagedService {

    static final String PID = "io.nmr.registrar";

    private final CurrentSettings settings;

    private ConfiguredSettings(CurrentSettings settings) {
        this.settings = settings;
    }

    static void take(BundleContext context, CurrentSettings settings) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, PID);
        context.registerService(ManagedService.class, new ConfiguredSettings(settings), properties);
    }

    @Override
    public void updated(Dictionary<String, ?> configuration) {
        settings.configure(configuration);
    }
}
