package io.nmr.health;

import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarListener;
import io.nmr.api.runtime.RegistrarRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;

/**
 * A warning if something went wrong not long ago: a callback threw, a module broke the protocol, a wait was refused, a
 * callback was not taken by its threads. Not "since the last check": that would be answered differently to each of two who
 * ask.
 *
 * <p><b>Threading.</b> Any thread; one lock guards what is remembered, and nothing is called under it.
 */
final class IncidentCheck implements HealthCheck, RegistrarListener {

    private static final int MOST = 100;

    private final Registrar registrar;
    private final InstantSource clock;
    private final Duration window;
    private final Deque<RegistrarEvent.OfIncident> recent = new ArrayDeque<>();

    IncidentCheck(Registrar registrar, InstantSource clock, Duration window) {
        this.registrar = registrar;
        this.clock = clock;
        this.window = window;
    }

    @Override
    public void event(RegistrarEvent event) {
        if (event instanceof RegistrarEvent.OfIncident incident) {
            remember(incident);
        }
    }

    private synchronized void remember(RegistrarEvent.OfIncident incident) {
        recent.addLast(incident);
        if (recent.size() > MOST) {
            recent.removeFirst();
        }
    }

    private synchronized List<RegistrarEvent.OfIncident> since(Instant start) {
        recent.removeIf(incident -> incident.time().isBefore(start));
        return List.copyOf(recent);
    }

    @Override
    public Result execute() {
        return registrar.check(this::find);
    }

    private ResultLog find(RegistrarRuntime runtime) {
        List<RegistrarEvent.OfIncident> incidents = since(clock.instant().minus(window));
        String number = incidents.isEmpty() ? "No" : incidents.size() < MOST ? "" + incidents.size() : MOST + " or more";
        return new Findings()
                .add(Result.Status.OK, number + " incidents in the last " + Findings.shown(window) + "; since the registrar started: "
                        + runtime.counters().failedCallbacks() + " failed callbacks, "
                        + runtime.counters().protocolErrors() + " protocol errors, "
                        + runtime.counters().possibleDeadlocks() + " possible deadlocks")
                .add(Result.Status.WARN, incidents.stream().map(incident -> incident.rule() + ": " + incident.message()).toList())
                .log();
    }
}
