package io.nmr.registrar;

import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.engine.EngineSettings;
import io.nmr.engine.Incident;
import io.nmr.engine.RegistrarEngine;
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
    private final Drain drain;
    private final List<Publications> publications;

    Registrar(BundleContext context) {
        this.context = context;
        this.slowCallbacks = new SlowCallbacks(log, System::nanoTime);
        this.settings = new CurrentSettings(context::getProperty, this::changed, log);
        this.threads = new CallbackThreads(
                slowCallbacks, settings.now().callbackThreads(), System::nanoTime, log);
        WallClock clock = new WallClock(System::nanoTime, InstantSource.system());
        IncidentCounts incidents = new IncidentCounts();
        this.events = new RuntimeEvents(clock, log);
        this.engine = new RegistrarEngine(new EngineSettings(
                threads, incident -> report(incident, incidents), System::nanoTime, events.ofEngine()));
        DetachTimeouts timeouts = new DetachTimeouts(engine, settings, log);
        Drains drains = new Drains(engine, settings, clock, events);
        this.drain = new Drain(
                engine, modules, threads, slowCallbacks, timeouts, settings, System::nanoTime, log, drains);
        this.runtime = new RunningRegistrar(engine, events.ofEngine(), incidents, drains, clock, log);
        this.listeners = new PublishedListeners<>(
                context, events, RegistrarListener.class.getName(), listener -> listener);
        this.publications = Stream.of(ModuleType.values())
                .map(type -> new Publications(type, context, engine, modules, timeouts, log))
                .toList();
    }

    private void report(Incident incident, IncidentCounts incidents) {
        incidents.count(incident);
        log.incident(incident);
        events.happened(incident);
    }

    /** The hooks first: a module that goes while the trackers open must find them. */
    void start() {
        StoppingHook stopping = new StoppingHook(modules, drain, context.getBundle().getBundleId());
        context.registerService(EventHook.class, stopping, first());
        Stream.of(context.getBundles()).forEach(stopping::markIfStopping);
        context.registerService(EventListenerHook.class, new UnregisteringHook(publications, drain), first());
        listeners.open();
        tellEventAdmins();
        publications.forEach(Publications::open);
        context.registerService(
                NetworkModuleRegistrar.class, new BundleRegistrars(engine, modules, threads, log), null);
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
            // There is no package of Config Admin's: framework properties and defaults serve.
        }
    }

    private void tellEventAdmins() {
        try {
            eventAdmins = PostedEvents.to(context, events);
            eventAdmins.open();
        } catch (NoClassDefFoundError e) {
            // There is no package of Event Admin's, so nobody to tell.
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
        try {
            drain.runAll("the registrar", modules.all());
        } finally {
            end();
        }
    }

    /** Whatever became of the modules, no thread and no listener of ours stays. */
    private void end() {
        publications.forEach(Publications::close);
        drain.shutdown();
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
