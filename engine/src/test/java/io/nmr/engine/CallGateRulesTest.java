package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.engine.History.Event;
import io.nmr.engine.History.What;
import io.nmr.engine.state.Inspect;
import io.nmr.engine.state.NetworkModule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** T1 to T3 as the engine and the gates keep them together; the gate alone is tested in the API. */
class CallGateRulesTest extends EngineTest {

    private RecordingClient client;
    private RecordingProvider provider;

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
    }

    /** Attached, a call in progress on each side, and the provider deregistering. */
    private void pending() {
        attached(client, provider);
        client.link().enter();
        provider.link().enter();
        rig.deregister(provider);
        rig.awaitBothDetached();
    }

    private Crew.Member<NmrStatus> startWaiting() {
        Crew.Member<NmrStatus> waiting = rig.crew.start(() -> rig.await(provider));
        NetworkModule module = (NetworkModule) provider.registration;
        while (!Inspect.isWaitedFor(module)) {
            Thread.onSpinWait();
        }
        return waiting;
    }

    private Thread exit(RecordingModule module) {
        Crew.Member<Void> exiting = rig.crew.run(module.link()::exit);
        exiting.join();
        return exiting.thread;
    }

    /** The thread that must run cleanups while {@code waiting} waits, or null where an executor chooses. */
    Thread cleaner(Thread waiting) {
        return waiting;
    }

    @Test
    void T1_enteringFailsAtOnce_whenDetachingHasBegun() {
        pending();
        assertThat(client.link().gate.gate().enter()).isNegative();
        assertThat(provider.link().gate.gate().enter()).isNegative();
        client.link().exit();
        provider.link().exit();
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void T2_somebodyWaits_cleanupRunsThere_andNeverOnTheThreadOfTheLastExit() {
        pending();
        Crew.Member<NmrStatus> waiting = startWaiting();
        Thread first = exit(client);
        assertThat(history.count(What.CLEANUP)).isZero();
        Thread last = exit(provider);
        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);

        assertThat(history.all(What.CLEANUP)).hasSize(2).extracting(Event::thread)
                .doesNotContain(first, last)
                .allSatisfy(thread -> {
                    if (cleaner(waiting.thread) != null) {
                        assertThat(thread).isSameAs(waiting.thread);
                    }
                });
    }

    @Test
    void T2_somebodyWaitsForThePeerOnly_cleanupRunsThere() {
        attached(client, provider);
        client.link().enter();
        rig.deregister(client);
        rig.deregister(provider);
        rig.awaitBothDetached();
        Crew.Member<NmrStatus> waiting = startWaiting();
        Thread last = exit(client);
        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.all(What.CLEANUP)).extracting(Event::thread).doesNotContain(last);
    }

    @Test
    void T2_nobodyWaits_cleanupRunsOnTheExecutor() {
        pending();
        exit(provider);
        Thread last = exit(client);
        history.await("complete", () -> history.count(What.CLEANUP_END) == 2);
        assertThat(history.all(What.CLEANUP)).extracting(Event::thread)
                .allSatisfy(thread -> assertThat(thread == last).isEqualTo(cleaner(last) == last));
    }

    @Test
    void T2_theStageToo_isCompletedOnTheWaitingThread() {
        pending();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        provider.registration.deregistration().thenAccept(status -> threads.add(Thread.currentThread()));
        Crew.Member<NmrStatus> waiting = startWaiting();
        exit(client);
        Thread last = exit(provider);
        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);
        history.await("the stage", () -> threads.size() == 1);
        assertThat(threads).doesNotContain(last);
    }

    @Test
    void T2_twoThreadsWaitOnOneHandle_cleanupRunsOnceOnOneOfThem() {
        pending();
        Crew.Member<NmrStatus> one = startWaiting();
        Crew.Member<NmrStatus> two = startWaiting();
        two.awaitBlocked();
        exit(client);
        Thread last = exit(provider);
        assertThat(one.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(two.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.all(What.CLEANUP)).hasSize(2).extracting(Event::thread).doesNotContain(last);
    }

    @Test
    void T2_theWaiterHasTimedOut_theExitLosesNothing() {
        pending();
        assertThat(rig.await(provider, Duration.ofMillis(1))).isEqualTo(NmrStatus.TIMEOUT);
        exit(client);
        exit(provider);
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    @Test
    void T3_callersRaceTheDetach_noneIsMissed() {
        for (int round = 0; round < 300; round++) {
            RecordingClient someClient = rig.client("client " + round);
            RecordingProvider someProvider = rig.provider("provider " + round);
            AtomicBoolean tornDown = new AtomicBoolean();
            AtomicInteger missed = new AtomicInteger();
            someProvider.onCleanup = link -> tornDown.set(true);
            attached(someClient, someProvider);
            Link caller = someClient.link();
            for (int i = 0; i < 2; i++) {
                rig.crew.run(() -> callUntilRefused(caller, tornDown, missed));
            }
            rig.deregisterAndWait(someProvider);
            rig.crew.join();
            rig.deregisterAndWait(someClient);
            assertThat(missed).as("calls that met a torn down provider").hasValue(0);
        }
    }

    private static void callUntilRefused(Link caller, AtomicBoolean tornDown, AtomicInteger missed) {
        CallGate gate = caller.gate.gate();
        for (int token = gate.enter(); token != CallGate.REFUSED; token = gate.enter()) {
            if (tornDown.get()) {
                missed.incrementAndGet();
            }
            gate.exit(token);
        }
    }
}
