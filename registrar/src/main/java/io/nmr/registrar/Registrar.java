package io.nmr.registrar;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.RegistrarEngine;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.hooks.bundle.EventHook;
import org.osgi.framework.hooks.service.EventListenerHook;

/**
 * The running registrar: everything it is made of, from start to stop.
 *
 * <p><b>Threading.</b> Started and stopped by the framework, each once.
 */
final class Registrar {

    private final Log log = new Log();
    private final Modules modules = new Modules();
    private final BundleContext context;
    private final CurrentSettings settings;
    private final SlowCallbacks slowCallbacks;
    private final CallbackThreads threads;
    private final RegistrarEngine engine;
    private final Drain drain;
    private final List<Publications> publications;

    Registrar(BundleContext context) {
        this.context = context;
        this.slowCallbacks = new SlowCallbacks(log, System::nanoTime);
        this.settings = new CurrentSettings(context::getProperty, this::changed, log);
        this.threads = new CallbackThreads(slowCallbacks, settings.now().callbackThreads());
        this.engine = new RegistrarEngine(new EngineSettings(threads, log::incident, System::nanoTime));
        DetachTimeouts timeouts = new DetachTimeouts(engine, settings, log);
        this.drain = new Drain(engine, modules, threads, timeouts, settings, System::nanoTime, log);
        this.publications = Stream.of(ModuleType.values())
                .map(type -> new Publications(type, context, engine, modules, timeouts, log))
                .toList();
    }

    /** The hooks first: a module that goes while the trackers open must find them. */
    void start() {
        StoppingHook stopping = new StoppingHook(modules, drain, context.getBundle().getBundleId());
        context.registerService(EventHook.class, stopping, first());
        Stream.of(context.getBundles()).forEach(stopping::markIfStopping);
        context.registerService(EventListenerHook.class, new UnregisteringHook(publications, drain), first());
        publications.forEach(Publications::open);
        context.registerService(
                NetworkModuleRegistrar.class, new BundleRegistrars(engine, modules, threads, log), null);
        log.started(settings.now());
        takeConfiguration();
    }

    private void changed(Settings now) {
        threads.resize(now.callbackThreads());
    }

    private void takeConfiguration() {
        try {
            ConfiguredSettings.take(context, settings);
        } catch (NoClassDefFoundError e) {
            // There is no package of Config Admin's: framework properties and defaults serve.
        }
    }

    private static Dictionary<String, Object> first() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, Integer.MAX_VALUE);
        return properties;
    }

    /** Takes in nobody any more, then detaches everybody in order (O4). The framework withdraws the services. */
    void stop() {
        modules.close();
        drain.runAll("the registrar", modules.all());
        publications.forEach(Publications::close);
        threads.shutdown();
        slowCallbacks.shutdown();
        log.stopped();
    }
}
