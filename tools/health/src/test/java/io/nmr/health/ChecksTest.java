package io.nmr.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.runtime.FakeRuntime;
import io.nmr.api.runtime.RegistrarEvent;
import io.nmr.api.runtime.RegistrarRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.Test;

class ChecksTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeRuntime runtime = new FakeRuntime();
    private Instant now = FakeRuntime.MORNING;
    private final InstantSource clock = () -> now;
    private final DrainCheck drains = new DrainCheck(registrar(runtime));
    private final IncidentCheck incidents = new IncidentCheck(registrar(runtime), clock, Duration.ofMinutes(10));
    private final UnboundCheck unbound = new UnboundCheck(registrar(runtime), clock, MINUTE);

    private static Registrar registrar(RegistrarRuntime runtime) {
        return new Registrar(() -> runtime);
    }

    private static List<String> messages(HealthCheck check, Result.Status status) {
        return StreamSupport.stream(check.execute().spliterator(), false)
                .filter(entry -> entry.getStatus() == status)
                .map(ResultLog.Entry::getMessage)
                .toList();
    }

    private static void assertStatus(HealthCheck check, Result.Status status) {
        assertThat(check.execute().getStatus()).isEqualTo(status);
    }

    @Test
    void withoutRegistrar_temporarilyUnavailable() {
        Result result = new DrainCheck(registrar(null)).execute();
        assertThat(result.getStatus()).isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
        assertThat(result.toString()).contains("not running");
    }

    @Test
    void drains_ok_thenWarnWhenHalfTheTimeIsOver_thenCritical() {
        assertStatus(drains, Result.Status.OK);
        runtime.draining();
        assertStatus(drains, Result.Status.OK);
        runtime.drains.set(0, FakeRuntime.drain(4, FakeRuntime.OLD_BUNDLE, Duration.ofMillis(1100)));
        assertThat(messages(drains, Result.Status.WARN)).containsExactly(
                "The drain of io.nmr.sample.provider 1.0.0 [6] has taken 1 s and may take no more than 1 s more");
        runtime.abandon(1);
        assertStatus(drains, Result.Status.CRITICAL);
        assertThat(messages(drains, Result.Status.CRITICAL)).containsExactly(
                "Binding 1 of address lookup is overdue, detaching for 1 s: io.nmr.sample.client 1.0.0 [5] owes its completion");
        runtime.drop(1);
        runtime.drains.clear();
        assertStatus(drains, Result.Status.OK);
    }

    @Test
    void drainWithoutBound_isNoWarning() {
        runtime.drains.add(FakeRuntime.drain(4, FakeRuntime.OLD_BUNDLE, null));
        assertStatus(drains, Result.Status.OK);
    }

    @Test
    void manyOverdueBindings_areNotAllNamed() {
        for (int i = 1; i <= 25; i++) {
            runtime.bindings.add(FakeRuntime.detaching(i, FakeRuntime.CLIENT, FakeRuntime.OLD, true));
        }
        assertThat(messages(drains, Result.Status.CRITICAL)).hasSize(21).endsWith("5 more");
    }

    private RegistrarEvent incident(long sequence) {
        return new RegistrarEvent.OfIncident(
                sequence, now, RegistrarEvent.OfIncident.Kind.CALLBACK_FAILED, "D9", FakeRuntime.OLD, "detach threw");
    }

    @Test
    void incidents_warnForTheWindow_whoeverAsks() {
        assertStatus(incidents, Result.Status.OK);
        incidents.event(incident(1));
        now = now.plus(Duration.ofMinutes(9));
        assertThat(messages(incidents, Result.Status.WARN)).containsExactly("D9: detach threw");
        assertThat(messages(incidents, Result.Status.WARN)).as("asked again").hasSize(1);
        assertThat(messages(incidents, Result.Status.OK)).containsExactly(
                "1 incidents in the last 10 min; since the registrar started: 3 failed callbacks, 4 protocol errors, 6 possible deadlocks");
        now = now.plus(Duration.ofMinutes(2));
        assertStatus(incidents, Result.Status.OK);
    }

    @Test
    void incidents_areRememberedWithinBounds() {
        for (int i = 0; i < 150; i++) {
            incidents.event(incident(i));
        }
        assertThat(messages(incidents, Result.Status.OK).get(0)).startsWith("100 or more incidents");
    }

    @Test
    void otherEvents_areNoIncidents() {
        incidents.event(lost(RegistrarEvent.OfBinding.Kind.DETACHED));
        assertStatus(incidents, Result.Status.OK);
    }

    private RegistrarEvent lost(RegistrarEvent.OfBinding.Kind kind) {
        return new RegistrarEvent.OfBinding(1, now, kind, 1, FakeRuntime.CLIENT, FakeRuntime.OLD, Duration.ZERO);
    }

    @Test
    void clientWithoutProvider_warnsAfterTheGrace() {
        runtime.modules.add(FakeRuntime.registered(FakeRuntime.CLIENT, 0));
        assertStatus(unbound, Result.Status.OK);
        now = now.plus(MINUTE);
        assertThat(messages(unbound, Result.Status.WARN)).containsExactly(
                "io.nmr.sample.client 1.0.0 [5] has had no provider of address lookup for 60 s");
    }

    @Test
    void clientThatLosesItsProvider_hasTheGraceFromThenOn() {
        runtime.modules.add(FakeRuntime.registered(FakeRuntime.CLIENT, 0));
        now = now.plus(Duration.ofHours(1));
        unbound.event(lost(RegistrarEvent.OfBinding.Kind.DETACHED));
        now = now.plus(MINUTE.minusSeconds(1));
        assertStatus(unbound, Result.Status.OK);
        now = now.plusSeconds(1);
        assertStatus(unbound, Result.Status.WARN);
    }

    @Test
    void otherEventsOfABinding_areNoLoss() {
        runtime.modules.add(FakeRuntime.registered(FakeRuntime.CLIENT, 0));
        now = now.plus(MINUTE);
        unbound.event(lost(RegistrarEvent.OfBinding.Kind.REFUSED));
        assertStatus(unbound, Result.Status.WARN);
    }

    @Test
    void providerWithoutClient_isMentioned() {
        runtime.modules.add(FakeRuntime.registered(FakeRuntime.OLD, 0));
        now = now.plus(Duration.ofMinutes(3));
        assertStatus(unbound, Result.Status.OK);
        assertThat(messages(unbound, Result.Status.OK)).contains("io.nmr.sample.provider 1.0.0 [6] has had no client of address lookup for 3 min");
    }

    @Test
    void boundModules_areFine() {
        runtime.attachedToOld();
        now = now.plus(Duration.ofDays(1));
        assertStatus(unbound, Result.Status.OK);
        assertThat(messages(unbound, Result.Status.OK)).containsExactly("2 modules");
    }

    @Test
    void settings_areReadOrKept() {
        assertThat(Settings.read(Map.of(Settings.WINDOW, "5000", Settings.GRACE, "soon")::get))
                .isEqualTo(new Settings(Duration.ofSeconds(5), MINUTE));
    }
}
