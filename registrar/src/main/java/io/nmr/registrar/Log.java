package io.nmr.registrar;

import io.nmr.api.runtime.BundleRef;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.nmr.engine.spi.EffectTask;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.view.Load;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The records that the registrar writes, each with a stable code. They go to the {@link System.Logger} of the platform; a
 * plain framework prints it, Karaf logs it.
 */
final class Log {

    private static final System.Logger LOGGER = System.getLogger("io.nmr.registrar");

    private static void log(System.Logger.Level level, String message) {
        contained(() -> LOGGER.log(level, message));
    }

    private static void log(System.Logger.Level level, Supplier<String> message) {
        contained(() -> LOGGER.log(level, message));
    }

    private static void log(System.Logger.Level level, String message, Throwable thrown) {
        contained(() -> LOGGER.log(level, message, thrown));
    }

    /** The platform's log may stop too. Its exceptions must neither end a drain nor keep a callback thread. */
    private static void contained(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | LinkageError e) {
            // no log is left
        }
    }

    void started(Settings settings) {
        log(INFO, "NMR101 Registrar started: " + settings);
    }

    void stopped() {
        log(INFO, "NMR102 Registrar stopped");
    }

    void badSetting(String key, String value, String allowed, String kept) {
        log(WARNING, "NMR103 " + key + " is '" + value + "', but must be " + allowed + "; " + kept + " is kept");
    }

    void settingsChanged(Settings settings) {
        log(INFO, "NMR104 Settings changed, from the next detach on: " + settings);
    }

    void unknownSetting(String key) {
        log(WARNING, "NMR105 No setting is called " + key + "; there are "
                + SettingDefinition.ALL.stream().map(SettingDefinition::key).collect(Collectors.joining(", ")));
    }

    void longerThanTheLock(Duration longest, Duration lockTimeout) {
        log(INFO, "NMR106 A detach timeout of " + longest.toMillis() + " ms is set, but this framework lets others"
                + " wait for a bundle that stops for " + lockTimeout.toMillis() + " ms only: then a thread that stops, updates"
                + " or starts the same bundle gets a BundleException. Raise osgi.module.lock.timeout with it");
    }

    void refused(String service, BundleRef bundle, Exception reason) {
        log(WARNING, "NMR111 Left alone: " + service + " of " + bundle + ": " + reason.getMessage(),
                reason.getCause());
    }

    void foreignType(String service, BundleRef bundle, String theirs, String ours) {
        log(WARNING, "NMR112 Left alone: " + service + " of " + bundle + " uses io.nmr.api of " + theirs
                + ", but this registrar uses that of " + ours + ". Wire both to one exporter of io.nmr.api");
    }

    void noService(String service, BundleRef bundle, Throwable cause) {
        log(WARNING, "NMR113 Left alone: " + service + " of " + bundle + ": the service could not be obtained", cause);
    }

    void publishedWhileStopping(String service, BundleRef bundle) {
        log(INFO, "NMR114 Left alone: " + service + " of " + bundle + ": its bundle, the framework or the registrar stops");
    }

    void notTheOwner(String what, Object registration, BundleRef caller) {
        log(WARNING, "NMR402 Protocol error: " + what + " of " + registration + " by " + caller
                + ", which did not register it, changes nothing");
    }

    void drained(Object what, Duration took, Load load) {
        log(INFO, () -> "NMR201 Drained " + what + " in " + took.toMillis() + " ms: " + atItsStart(load));
    }

    void overdue(Object what, String whatFollows, Duration took, Load load, String stillDetaching) {
        log(WARNING, "NMR202 Overdue: " + what + " " + whatFollows + " after " + took.toMillis() + " ms: " + atItsStart(load)
                + "; still detaching: " + stillDetaching);
    }

    void wentOn(Object what, Duration took, Load load) {
        log(INFO, "NMR203 Goes on: " + what + " after " + took.toMillis() + " ms, its other modules drained: "
                + atItsStart(load));
    }

    void interrupted(Object what, Duration after, List<String> threads, Duration grace) {
        log(WARNING, "NMR204 Interrupted: the threads in progress when " + what + " had waited for "
                + after.toMillis() + " ms: " + threads + "; it waits for " + grace.toMillis() + " ms more");
    }

    void listenerFailed(String listener, long times, Object event, Throwable cause) {
        log(WARNING, "NMR501 Listener failed: " + listener + " threw " + cause + " (times: " + times
                + ") when told of " + event + "; it is told of the next one", cause);
    }

    void listenerBehind(String listener, long dropped) {
        log(WARNING, "NMR502 Listener too slow: " + listener + " has fallen behind; dropped events: " + dropped);
    }

    void cannotEnd(Object what, long binding, String obstacle, Thread caller) {
        log(WARNING, "NMR205 Deadlock: " + what + " does not wait any longer for binding " + binding
                + ": a call in progress waits for " + obstacle + ". It is on " + OverdueReport.describe(caller));
    }

    void abandoned(String binding) {
        log(INFO, "NMR206 Abandoned, as an operator asked: it is not waited for any longer: binding " + binding);
    }

    void dropped(String binding) {
        log(INFO, "NMR207 Dropped, as an operator asked: its modules are not called any more for binding " + binding);
    }

    void heldCallbackThreads(int held, int threads) {
        if (held < threads) {
            log(INFO, "NMR302 Callback threads: slow callbacks keep " + held + ", so " + threads
                    + " run now");
        } else {
            log(WARNING, "NMR303 Callback threads: slow callbacks keep all " + threads
                    + ", the most there are; what else is due waits until one returns");
        }
    }

    void slowCallback(EffectTask effect, Duration runningFor, Thread thread) {
        log(WARNING, "NMR301 Slow: " + effect + " has been running for " + runningFor.toMillis()
                + " ms on thread " + thread.getName(), where(thread));
    }

    /** Copies the names of the frames. The original frames keep their classes, and a log may keep its records (R7). */
    static Throwable where(Thread thread) {
        Throwable where = new Throwable("where " + thread.getName() + " is");
        where.setStackTrace(Stream.of(thread.getStackTrace()).map(Log::named).toArray(StackTraceElement[]::new));
        return where;
    }

    private static StackTraceElement named(StackTraceElement frame) {
        return new StackTraceElement(
                frame.getClassLoaderName(),
                frame.getModuleName(),
                frame.getModuleVersion(),
                frame.getClassName(),
                frame.getMethodName(),
                frame.getFileName(),
                frame.getLineNumber());
    }

    void incident(Incident incident) {
        String code = switch (incident.kind()) {
            case CALLBACK_FAILED -> "NMR401 Callback failed: ";
            case PROTOCOL_ERROR -> "NMR402 Protocol error: ";
            case POSSIBLE_DEADLOCK -> "NMR403 Possible deadlock: ";
            case EFFECT_REJECTED -> "NMR404 No callback thread: ";
        };
        log(WARNING, code + incident.message(), incident.cause());
    }

    private static String atItsStart(Load load) {
        return "modules " + load.modules() + ", bindings " + load.bindings() + ", calls in progress at its start "
                + load.callsInProgress();
    }
}
