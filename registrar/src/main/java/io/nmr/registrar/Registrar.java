package io.nmr.registrar;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.engine.RegistrarEngine;
import io.nmr.engine.spi.EngineSettings;
import java.time.InstantSource;
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
    private final RuntimeEvents events;
    private final RegistrarEngine engine;
    private final RunningRegistrar runtime;
    private final PublishedListeners<RegistrarListener> listeners;
    private PublishedListeners<?> eventAdmins;
    private final Drainer drainer;
    private final List<ModuleTracker> trackers;

    Registrar(BundleContext context) {
        this.context = context;
        this.slowCallbacks = new SlowCallbacks(log, System::nanoTime);
        this.settings = new CurrentSettings(context::getProperty, this::changed, log);
        this.threads = new CallbackThreads(
                slowCallbacks, settings.now().callbackThreads(), System::nanoTime, log);
        this.events = new RuntimeEvents(log);
        this.engine = new RegistrarEngine(new EngineSettings(
                threads, log::incident, System::nanoTime, InstantSource.system(), events.ofEngine()));
        DetachTimeouts timeouts = new DetachTimeouts(engine, settings, log);
        DrainJournal journal = new DrainJournal(engine, settings, events);
        this.drainer = new Drainer(engine, modules, threads, timeouts, settings, System::nanoTime, log, journal);
        this.runtime = new RunningRegistrar(engine, events.ofEngine(), journal, log);
        this.listeners = new PublishedListeners<>(
                context, events, RegistrarListener.class.getName(), listener -> listener);
        this.trackers = Stream.of(ModuleType.values())
                .map(type -> new ModuleTracker(type, context, engine, modules, timeouts, log))
                .toList();
    }

    /** The hooks first: a module that goes while the trackers open must find them. */
    void start() {
        StoppingHook stopping = new StoppingHook(modules, drainer, context.getBundle().getBundleId());
        context.registerService(EventHook.class, stopping, first());
        Stream.of(context.getBundles()).forEach(stopping::markIfStopping);
        context.registerService(EventListenerHook.class, new UnregisteringHook(trackers, drainer), first());
        listeners.open();
        tellEventAdmins();
        trackers.forEach(ModuleTracker::open);
        context.registerService(
                NetworkModuleRegistrar.class, new BundleRegistrar.Factory(engine, modules, threads, log), null);
        context.registerService(RegistrarRuntime.class, runtime, null);
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
            // the package of Config Admin is not there: framework properties and defaults serve
        }
    }

    private void tellEventAdmins() {
        try {
            eventAdmins = PostedEvents.to(context, events);
            eventAdmins.open();
        } catch (NoClassDefFoundError e) {
            // the package of Event Admin is not there
        }
    }

    private static Dictionary<String, Object> first() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_RANKING, Integer.MAX_VALUE);
        return properties;
    }

    /** Takes in no module any more, then detaches all in order (O4). The framework withdraws the services. */
    void stop() {
        modules.close();
        try {
            drainer.everythingStops("the registrar");
        } finally {
            end();
        }
    }

    /** No thread and no listener of the registrar stays, whatever became of the modules. */
    private void end() {
        trackers.forEach(ModuleTracker::close);
        drainer.shutdown();
        threads.shutdown();
        slowCallbacks.shutdown();
        events.shutdown();
        listeners.close();
        if (eventAdmins != null) {
            eventAdmins.close();
        }
        log.stopped();
    }
}
