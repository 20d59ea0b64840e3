package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.Registration;
import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.History.What;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.waiting.Overdue;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** O3: one drain of several modules, each with a timeout of its own. The clock moves when the test says so. */
class DrainDeadlinesTest extends EngineTest {

    private static final Duration TICK = Duration.ofNanos(1);
    private static final Duration NO_MORE = Duration.ZERO;

    /** Moves by {@code step} whenever it is read; it may overflow. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

    private volatile long step;
    private final BlockingQueue<Set<Registration>> asked = new LinkedBlockingQueue<>();
    private RecordingClient slow;
    private RecordingClient patient;

    @Override
    LongSupplier nanoTime() {
        return () -> clock.getAndAdd(step);
    }

    @BeforeEach
    void twoBindingsThatOweTheirCompletion() {
        slow = pendingClient("slow");
        patient = pendingClient("patient");
    }

    /** A client of an NPI of its own, attached to a provider, that owes its completion once it is told. */
    private RecordingClient pendingClient(String name) {
        NpiId npi = new NpiId(UUID.randomUUID());
        RecordingClient client = rig.client(name, npi);
        client.pend();
        rig.registerAll(client, rig.provider("provider of " + name, npi));
        return client;
    }

    private Duration refuse(Collection<? extends Registration> modules) {
        asked.add(Set.copyOf(modules));
        rig.engine.abandon(modules);
        return NO_MORE;
    }

    private Crew.Member<NmrStatus> draining(Duration ofSlow, Duration ofPatient, Overdue overdue) {
        Map<Registration, Duration> timeouts = new LinkedHashMap<>();
        timeouts.put(slow.registration, ofSlow);
        timeouts.put(patient.registration, ofPatient);
        slow.leaves();
        patient.leaves();
        Crew.Member<NmrStatus> drain = rig.crew.start(() -> rig.engine.drain(timeouts, passed -> {
            Duration more = overdue.passed(passed);
            if (more.compareTo(NO_MORE) <= 0) {
                rig.engine.abandon(passed);
            }
            return more;
        }));
        history.await("both told", () -> history.count(What.DETACH_END) == 4);
        return drain;
    }

    private void awaitState(RecordingModule module, ModuleState state) {
        history.await(module + " is " + state, () -> rig.state(module) == state);
    }

    @Test
    void O3_theTimeOfOneModulePasses_itAloneIsAbandoned_theOtherIsWaitedFor() {
        Crew.Member<NmrStatus> drain = draining(TICK, Rig.LONG, this::refuse);
        assertThat(rig.state(slow)).isEqualTo(ModuleState.DEREGISTERING);

        clock.addAndGet(TICK.toNanos());

        awaitState(slow, ModuleState.ABANDONED);
        assertThat(rig.state(patient)).isEqualTo(ModuleState.DEREGISTERING);
        drain.awaitBlocked();
        patient.link().complete();
        assertThat(drain.join()).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(asked).containsExactly(Set.of(slow.registration));
        assertThat(history.only(What.CLEANUP, patient).thread()).isSameAs(drain.thread);
        slow.link().complete();
    }

    @Test
    void O3_theTimeOfOneModulePasses_overdueIsOnlyWhatIsItsOwn() {
        Crew.Member<NmrStatus> drain = draining(TICK, Rig.LONG, this::refuse);
        clock.addAndGet(TICK.toNanos());
        awaitState(slow, ModuleState.ABANDONED);

        assertThat(rig.engine.view().bindings(List.of(slow.registration, patient.registration)))
                .extracting(BindingSnapshot::overdue)
                .containsExactly(true, false);
        patient.link().complete();
        slow.link().complete();
        drain.join();
    }

    @Test
    void O3_theTimesOfBothPassTogether_oneQuestion() {
        Crew.Member<NmrStatus> drain = draining(TICK, TICK, this::refuse);

        clock.addAndGet(TICK.toNanos());

        assertThat(drain.join()).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(asked).containsExactly(Set.of(slow.registration, patient.registration));
        slow.link().complete();
        patient.link().complete();
    }

    @Test
    void O3_equalTimeouts_passTogether_howeverLongItTakesToEnrol() {
        step = 1;
        Crew.Member<NmrStatus> drain = draining(Duration.ofNanos(1), Duration.ofNanos(1), this::refuse);

        drain.join();

        assertThat(asked).containsExactly(Set.of(slow.registration, patient.registration));
        slow.link().complete();
        patient.link().complete();
    }

    @Test
    void O3_moreTimeIsGranted_askedAgainWhenThatHasPassed_thenAbandoned() {
        AtomicReference<Duration> more = new AtomicReference<>(TICK);
        Crew.Member<NmrStatus> drain = draining(TICK, Rig.LONG, modules -> {
            asked.add(Set.copyOf(modules));
            return more.getAndSet(NO_MORE);
        });

        clock.addAndGet(TICK.toNanos());
        history.await("asked once", () -> asked.size() == 1);
        assertThat(rig.state(slow)).isEqualTo(ModuleState.DEREGISTERING);
        // the time that was granted runs from when the drain takes it up, so the clock goes on until it has passed
        history.await("slow is abandoned", () -> {
            clock.addAndGet(TICK.toNanos());
            return rig.state(slow) == ModuleState.ABANDONED;
        });

        patient.link().complete();
        drain.join();
        assertThat(asked).containsExactly(Set.of(slow.registration), Set.of(slow.registration));
        slow.link().complete();
    }

    @Test
    void O3_completeWithinTheTimeGranted_isSuccess() {
        Crew.Member<NmrStatus> drain = draining(TICK, Rig.LONG, modules -> {
            asked.add(Set.copyOf(modules));
            return Rig.LONG;
        });
        clock.addAndGet(TICK.toNanos());
        history.await("asked", () -> !asked.isEmpty());

        slow.link().complete();
        patient.link().complete();

        assertThat(drain.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(asked).hasSize(1);
    }

    @Test
    void O3_completionsWhileTheQuestionIsAsked_areNotLost() {
        Crew.Member<NmrStatus> drain = draining(TICK, Rig.LONG, modules -> {
            slow.link().complete();
            patient.link().complete();
            return NO_MORE;
        });

        clock.addAndGet(TICK.toNanos());

        drain.join();
        awaitState(slow, ModuleState.DEREGISTERED);
        awaitState(patient, ModuleState.DEREGISTERED);
    }

    @Test
    void O3_noTimeAtAll_tellsEverybody_andAsksAtOnce() {
        Crew.Member<NmrStatus> drain = draining(NO_MORE, Duration.ofSeconds(-1), this::refuse);

        assertThat(drain.join()).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(asked).hasSize(1);
        slow.link().complete();
        patient.link().complete();
    }

    @Test
    void O3_abandonedByAnotherThread_isNotWaitedForNorAskedAbout() {
        Crew.Member<NmrStatus> drain = draining(Rig.LONG, Rig.LONG, this::refuse);

        rig.engine.abandon(List.of(slow.registration));
        drain.awaitBlocked();
        patient.link().complete();

        assertThat(drain.join()).isEqualTo(NmrStatus.TIMEOUT);
        assertThat(asked).isEmpty();
        slow.link().complete();
    }

    @Test
    void C6_aWaitThatWasGivenUp_closesNoCircle() {
        RecordingClient inside = pendingClient("inside");
        inside.onDetach = link -> {
            slow.leaves();
            patient.leaves();
            rig.engine.drain(Map.of(slow.registration, TICK, patient.registration, Rig.LONG), this::refuse);
            return NmrStatus.SUCCESS;
        };
        Crew.Member<NmrStatus> around = rig.crew.start(() -> rig.deregister(inside));
        history.await("all told", () -> history.of(slow).stream().anyMatch(e -> e.what() == What.DETACH_END)
                && history.of(patient).stream().anyMatch(e -> e.what() == What.DETACH_END));
        clock.addAndGet(TICK.toNanos());
        awaitState(slow, ModuleState.ABANDONED);

        // Inside a callback of what was given up, a wait for what the other thread is inside of can end.
        AtomicReference<NmrStatus> other = new AtomicReference<>();
        slow.onCleanup = link -> other.set(rig.await(inside, Rig.LONG));
        Crew.Member<Void> completing = rig.crew.run(() -> slow.link().complete());
        history.await("inside the cleanup", () -> history.of(slow).stream().anyMatch(e -> e.what() == What.CLEANUP));
        completing.awaitBlocked();
        patient.link().complete();

        around.join();
        completing.join();
        assertThat(other.get()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.incidents).extracting(Incident::kind).doesNotContain(Kind.POSSIBLE_DEADLOCK);
    }
}
