package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.Registration;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.api.runtime.Role;
import io.nmr.engine.History.What;
import io.nmr.engine.spi.EffectTask;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits that are nested, follow each other or stand side by side: who gets which effect, and what is left behind. */
class WaiterTest extends EngineTest {

    /** Long enough for what is due at once; where it is not, a test is soon red. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final BiConsumer<EffectTask, Runnable> AT_ONCE = (effect, performance) -> performance.run();

    private final NpiId otherNpi = new NpiId(UUID.randomUUID());
    private volatile BiConsumer<EffectTask, Runnable> performing = AT_ONCE;
    private RecordingClient client;
    private RecordingProvider provider;
    private RecordingClient unrelatedClient;
    private RecordingProvider unrelatedProvider;

    @Override
    BiConsumer<EffectTask, Runnable> performing() {
        return (effect, performance) -> performing.accept(effect, performance);
    }

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
        unrelatedClient = rig.client("unrelated client", otherNpi);
        unrelatedProvider = rig.provider("unrelated provider", otherNpi);
    }

    private NmrStatus drain(RecordingModule module) {
        module.leaves();
        return rig.drain(List.of(module.registration), SOON);
    }

    /** The unrelated provider is deregistering, and its client owes its completion. */
    private void unrelatedPending() {
        unrelatedClient.pend();
        rig.registerAll(unrelatedClient, unrelatedProvider);
        rig.deregister(unrelatedProvider);
        history.only(What.DETACH_END, unrelatedClient);
    }

    @Test
    void T2_afterANestedWait_theWaitAroundItGetsTheEffectsAgain() {
        RecordingClient second = rig.client("second");
        second.pend();
        rig.registerAll(client, second, provider, unrelatedClient, unrelatedProvider);
        AtomicReference<NmrStatus> nested = new AtomicReference<>();
        client.onCleanup = link -> {
            nested.set(drain(unrelatedProvider));
            second.link().complete();
        };

        NmrStatus around = drain(provider);

        assertThat(nested.get()).as("the nested wait").isEqualTo(NmrStatus.SUCCESS);
        assertThat(around).as("the wait around it").isEqualTo(NmrStatus.SUCCESS);
        history.only(What.CLEANUP_END, second);
    }

    @Test
    void T2_afterANestedWait_theWaitAroundItIsWokenFromAnotherThread() {
        RecordingClient second = rig.client("second");
        second.pend();
        rig.registerAll(client, second, provider, unrelatedClient, unrelatedProvider);
        client.onCleanup = link -> drain(unrelatedProvider);
        Crew.Member<NmrStatus> around = rig.crew.start(() -> drain(provider));
        history.await(What.CLEANUP_END, client);
        around.awaitBlocked();

        second.link().complete();

        assertThat(around.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.only(What.CLEANUP, second).thread()).isSameAs(around.thread);
    }

    /** The first nested wait has ended; the second needs what is handed to the wait around it. */
    @Test
    void T2_secondNestedWait_getsWhatIsHandedToTheWaitAroundIt() {
        RecordingClient second = rig.client("second");
        second.pend();
        rig.registerAll(client, second, provider, unrelatedClient, unrelatedProvider);
        AtomicReference<NmrStatus> nested = new AtomicReference<>();
        client.onCleanup = link -> {
            drain(unrelatedProvider);
            rig.deregister(second);
            rig.crew.run(() -> {
                rig.awaitWaiter(second);
                second.link().complete();
            });
            nested.set(rig.await(second, SOON));
        };

        assertThat(drain(provider)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(nested.get()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.engine.waits.threads()).as("threads that wait").isZero();
    }

    /** The one waits for the callback that the other is inside of; that one waits for neither. */
    @Test
    void C6_waitInsideACallbackThatIsWaitedFor_isLegal_whereNoCircleCloses() {
        unrelatedPending();
        RecordingClient third = rig.client("third", new NpiId(UUID.randomUUID()));
        CountDownLatch leaving = new CountDownLatch(1);
        third.onAttach = link -> {
            RegistrationRulesTest.awaitQuietly(leaving);
            assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
            return link.attach().status();
        };
        AtomicReference<NmrStatus> answer = new AtomicReference<>();
        client.onDetach = link -> {
            leaving.countDown();
            rig.awaitWaiter(provider);
            rig.crew.run(() -> {
                rig.awaitWaiter(unrelatedProvider);
                unrelatedClient.link().complete();
            });
            answer.set(rig.await(unrelatedProvider));
            return link.close();
        };
        rig.registerAll(client, provider, rig.provider("third's", third.instance.npiId()));
        Crew.Member<RecordingClient> waiting = rig.crew.start(() -> rig.register(third));

        rig.deregister(provider);

        assertThat(answer.get()).isEqualTo(NmrStatus.SUCCESS);
        waiting.join();
    }

    @Test
    void C6_aWaitInsideACallback_thatHasEnded_holdsUpNoLaterWait() {
        unrelatedPending();
        AtomicReference<NmrStatus> ended = new AtomicReference<>();
        AtomicReference<NmrStatus> later = new AtomicReference<>();
        client.onAttach = link -> {
            ended.set(rig.await(unrelatedProvider, Duration.ZERO));
            return link.attach().status();
        };
        unrelatedClient.onCleanup = link -> later.set(drain(provider));
        rig.registerAll(client, provider);
        assertThat(ended.get()).as("the wait inside the attach callback").isEqualTo(NmrStatus.TIMEOUT);

        unrelatedClient.link().complete();

        assertThat(later.get()).as("a wait the other way round, later").isEqualTo(NmrStatus.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void C6_ofSeveral_theWorstIsPossibleDeadlock_inEitherOrder(boolean refusedFirst) {
        unrelatedPending();
        List<NmrStatus> answers = new CopyOnWriteArrayList<>();
        client.onDetach = link -> {
            Registration refused = provider.registration;
            Registration late = unrelatedProvider.registration;
            List<Registration> both = refusedFirst ? List.of(refused, late) : List.of(late, refused);
            answers.add(rig.drain(both, Duration.ZERO));
            rig.engine.abandon(List.of(late));
            answers.add(rig.drain(both, SOON));
            answers.add(rig.drain(both, SOON));
            answers.add(rig.drain(List.of(late), SOON));
            return link.close();
        };
        rig.registerAll(client, provider);

        rig.deregister(provider);
        unrelatedClient.link().complete();

        assertThat(answers)
                .as("one runs out of time, then is abandoned, then drained; then the abandoned one alone")
                .containsExactly(
                        NmrStatus.POSSIBLE_DEADLOCK,
                        NmrStatus.POSSIBLE_DEADLOCK,
                        NmrStatus.POSSIBLE_DEADLOCK,
                        NmrStatus.TIMEOUT);
        for (int i = 0; i < 3; i++) {
            rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6");
        }
    }

    @Test
    void C6_oneOfSeveralIsAbandonedDuringTheWait_theWorstIsStillPossibleDeadlock() {
        unrelatedPending();
        AtomicReference<NmrStatus> answer = new AtomicReference<>();
        client.onDetach = link -> {
            Crew.Member<Void> abandoning = rig.crew.run(() -> {
                rig.awaitWaiter(unrelatedProvider);
                rig.engine.abandon(List.of(unrelatedProvider.registration));
            });
            answer.set(rig.drain(List.of(provider.registration, unrelatedProvider.registration), Rig.LONG));
            abandoning.join();
            return link.close();
        };
        rig.registerAll(client, provider);

        rig.deregister(provider);
        unrelatedClient.link().complete();

        assertThat(answer.get()).isEqualTo(NmrStatus.POSSIBLE_DEADLOCK);
        rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void T2_bothSidesAreWaitedFor_eachSidesCleanupRunsOnItsOwnWaitingThread(Role last) {
        client.pend();
        provider.pend();
        attached(client, provider);
        rig.deregister(client);
        rig.deregister(provider);
        Crew.Member<NmrStatus> ofClient = rig.crew.start(() -> rig.await(client));
        Crew.Member<NmrStatus> ofProvider = rig.crew.start(() -> rig.await(provider));
        rig.awaitWaiter(client);
        rig.awaitWaiter(provider);

        (last == Role.CLIENT ? provider : client).link().complete();
        (last == Role.CLIENT ? client : provider).link().complete();

        assertThat(ofClient.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(ofProvider.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.only(What.CLEANUP, client).thread()).as("client").isSameAs(ofClient.thread);
        assertThat(history.only(What.CLEANUP, provider).thread()).as("provider").isSameAs(ofProvider.thread);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void T2_drain_hasEnrolledBeforeTheFirstCallback_howeverFastTheOtherSideIs(Role own) {
        attached(client, provider);
        RecordingModule draining = own == Role.CLIENT ? client : provider;
        performing = (effect, performance) -> {
            if (effect.module().role() == own) {
                performance.run();
            } else {
                rig.crew.run(performance).join();
            }
        };

        assertThat(drain(draining)).isEqualTo(NmrStatus.SUCCESS);

        assertThat(history.of(draining))
                .filteredOn(event -> event.what() == What.DETACH || event.what() == What.CLEANUP)
                .as("callbacks of the side that is drained")
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.thread()).isSameAs(Thread.currentThread()));
    }

    @ParameterizedTest
    @EnumSource(names = {"ATTACH", "DETACH", "CLEANUP"})
    void R9_registerInsideACallback_onAnExecutorWithOneThread_doesNotHang(What what) throws InterruptedException {
        ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
        AtomicInteger open = new AtomicInteger();
        performing = (effect, performance) -> {
            open.incrementAndGet();
            pool.execute(() -> {
                performance.run();
                open.decrementAndGet();
            });
        };
        try {
            rig.register(unrelatedProvider);
            FutureTask<RecordingClient> inside = new FutureTask<>(() -> rig.register(unrelatedClient));
            client.inEveryCallback = callback -> {
                if (callback == what) {
                    inside.run();
                }
            };

            rig.crew.run(() -> {
                rig.registerAll(client, provider);
                if (what != What.ATTACH) {
                    rig.deregister(provider);
                }
            });

            assertThat(inside).as("register inside %s", what).succeedsWithin(SOON);
            history.await(What.ATTACH_END, unrelatedProvider);
        } finally {
            // More threads free what hangs, so that a failure of this test stays here.
            pool.setMaximumPoolSize(8);
            pool.setCorePoolSize(8);
            rig.crew.join();
            history.await("every effect has been performed", () -> open.get() == 0);
            performing = AT_ONCE;
            pool.shutdown();
            assertThat(pool.awaitTermination(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }
}
