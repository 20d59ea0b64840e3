package io.nmr.engine;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What an engine is given from outside.
 *
 * @param executor performs its effects
 * @param incidents is told of everything that went wrong, with no lock held; if it throws, both go to the platform's log
 * @param nanoTime the clock: nanoseconds since any fixed moment, as {@link System#nanoTime}; read under locks too, so it
 *     takes none and calls nothing back
 * @param events counts and tells what happens; or null, and it is neither counted nor told
 */
public record EngineSettings(
        EffectExecutor executor, Consumer<Incident> incidents, LongSupplier nanoTime, EngineEvents events) {

    /**
     * Settings without events.
     *
     * @param executor performs the effects
     * @param incidents is told of everything that went wrong
     * @param nanoTime the clock
     */
    public EngineSettings(EffectExecutor executor, Consumer<Incident> incidents, LongSupplier nanoTime) {
        this(executor, incidents, nanoTime, null);
    }

    /** Requires all but the events. */
    public EngineSettings {
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(incidents, "incidents");
        Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** For plain Java: effects on the thread that leads to them, incidents to the {@link System.Logger}. */
    public static EngineSettings plain() {
        System.Logger log = System.getLogger("io.nmr.engine");
        return new EngineSettings(
                Effect::run,
                incident -> log.log(System.Logger.Level.WARNING, incident.message(), incident.cause()),
                System::nanoTime);
    }

    void report(Incident incident) {
        try {
            incidents.accept(incident);
        } catch (Throwable t) {
            logLast("Not reported: " + incident.message(), t);
        }
    }

    /** The platform's log is the last one to tell; where that fails, too, what the engine has committed stands. */
    static void logLast(String message, Throwable cause) {
        try {
            System.getLogger("io.nmr.engine").log(System.Logger.Level.ERROR, message, cause);
        } catch (Throwable t) {
            // There is nobody left to tell.
        }
    }
}
