package io.nmr.engine.spi;

import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What an engine is given from outside.
 *
 * @param executor runs its effects
 * @param incidents is told of everything that went wrong, with no lock held; if it throws, the platform's log gets both
 * @param nanoTime the clock: nanoseconds since a fixed moment, as {@link System#nanoTime}. It is read under locks, so it
 *     takes none
 * @param wallClock the time of day, for snapshots and events; read under locks too
 * @param events counts and tells what happens
 */
public record EngineSettings(
        EffectExecutor executor,
        Consumer<Incident> incidents,
        LongSupplier nanoTime,
        InstantSource wallClock,
        EngineEvents events) {

    /** Requires all of them. */
    public EngineSettings {
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(incidents, "incidents");
        Objects.requireNonNull(nanoTime, "nanoTime");
        Objects.requireNonNull(wallClock, "wallClock");
        Objects.requireNonNull(events, "events");
    }

    /**
     * Settings with the time of day of the platform, and events that are counted only.
     *
     * @param executor runs the effects
     * @param incidents is told of everything that went wrong
     * @param nanoTime the clock
     */
    public EngineSettings(EffectExecutor executor, Consumer<Incident> incidents, LongSupplier nanoTime) {
        this(executor, incidents, nanoTime, InstantSource.system(), new EngineEvents(event -> { }));
    }

    /** For plain Java: effects run on the thread that leads to them, incidents go to the {@link System.Logger}. */
    public static EngineSettings plain() {
        System.Logger log = System.getLogger("io.nmr.engine");
        return new EngineSettings(
                EffectTask::run,
                incident -> log.log(System.Logger.Level.WARNING, incident.message(), incident.cause()),
                System::nanoTime);
    }

    /** The time of day at a moment of {@link #nanoTime}. It follows a wall clock that is set meanwhile. */
    public Instant at(long moment) {
        return wallClock.instant().minusNanos(nanoTime.getAsLong() - moment);
    }

    /** Reports an incident, and publishes it as an event; with no lock held. */
    public void report(Incident incident) {
        try {
            incidents.accept(incident);
        } catch (Throwable t) {
            logLast("Not reported: " + incident.message(), t);
        }
        if (events.count(incident.kind())) {
            Instant time = wallClock.instant();
            events.enqueue(number -> new OfIncident(
                    number, time, incident.kind(), incident.rule(), incident.module(), incident.message()));
            events.dispatch();
        }
    }

    /** The platform's log is the last resort; if it fails too, the engine's committed state still stands. */
    static void logLast(String message, Throwable cause) {
        try {
            System.getLogger("io.nmr.engine").log(System.Logger.Level.ERROR, message, cause);
        } catch (Throwable t) {
            // no log is left
        }
    }
}
