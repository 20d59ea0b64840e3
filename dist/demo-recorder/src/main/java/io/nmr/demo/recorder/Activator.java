package io.nmr.demo.recorder;

import io.nmr.api.ClientCharacteristics;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.Recorder;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Objects;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Begins to record as it starts; {@link RecorderCommands} ends it. */
public final class Activator implements BundleActivator {

    static final String FILE = "nmr.demo.history";

    private static final String NPI = "address lookup";
    private static final int CALLERS = 8;
    private static final int MOST_CALLS = 100_000;

    private Callers callers;

    @Override
    public void start(BundleContext context) {
        Path file = Path.of(Objects.requireNonNull(context.getProperty(FILE), FILE + " names the file to be written"));
        Recorder recorder = new Recorder();
        Lives lives = new Lives(recorder, NPI);
        new ProviderBundles(lives).open(context);
        ModuleRecorder module = recorder.client(NPI, "recorder");
        RecordedClient client = new RecordedClient(module, lives);
        ServiceRegistration<ClientCharacteristics> registration =
                module.register(() -> context.registerService(ClientCharacteristics.class, client, null));
        callers = new Callers(client::lookup, CALLERS, MOST_CALLS);
        RecorderCommands commands = new RecorderCommands(recorder, lives, callers, module, registration, file);
        context.registerService(RecorderCommands.class, commands, names());
    }

    /** By now no call is in progress, and none is admitted any more (O2). */
    @Override
    public void stop(BundleContext context) throws InterruptedException {
        callers.stop();
    }

    private static Dictionary<String, Object> names() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("osgi.command.scope", "demo");
        properties.put("osgi.command.function", new String[] {"leaves", "end"});
        return properties;
    }
}
