package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.api.runtime.Role;
import io.nmr.engine.History.What;
import io.nmr.engine.effects.CallbackChain;
import io.nmr.engine.spi.Incident;
import io.nmr.engine.state.Inspect;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** C6: what may be called from inside callbacks, and which waits are refused there. */
class ReentrancyTest extends EngineTest {

    private final NpiId otherNpi = new NpiId(UUID.randomUUID());
    private RecordingClient client;
    private RecordingProvider provider;
    private RecordingClient unrelatedClient;
    private RecordingProvider unrelatedProvider;

    @BeforeEach
    void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
        unrelatedClient = rig.client("unrelated client", otherNpi);
        unrelatedProvider = rig.provider("unrelated provider", otherNpi);
    }

    static Stream<Arguments> callbacks() {
        return Stream.of(Role.values()).flatMap(role -> Stream.of(What.ATTACH, What.DETACH, What.CLEANUP)
                .map(what -> Arguments.of(role, what)));
    }

    /** Runs {@code action} once, inside the callback {@code what} of the module of {@code role}. */
    private void inside(Role role, What what, Runnable action) {
        RecordingModule module = role == Role.CLIENT ? client : provider;
        FutureTask<Void> once = new FutureTask<>(action, null);
        module.inEveryCallback = callback -> {
            if (callback == what) {
                once.run();
            }
        };
        rig.registerAll(client, provider);
        if (what != What.ATTACH) {
            rig.deregister(provider);
        }
        try {
            once.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("inside " + what + " of " + module + ": " + e.getCause(), e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("inside " + what + " of " + module, e);
        }
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void C6_registerInsideACallback(Role role, What what) {
        RecordingClient another = rig.client("another");
        another.onAttach = link -> NmrStatus.NOINTERFACE;
        inside(role, what, () -> {
            rig.registerAll(another, unrelatedClient, unrelatedProvider);
            history.only(What.ATTACH_END, unrelatedClient);
        });
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void C6_deregisterBothSidesInsideACallback(Role role, What what) {
        inside(role, what, () -> {
            deregisterUnlessDone(client);
            deregisterUnlessDone(provider);
        });
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    private void deregisterUnlessDone(RecordingModule module) {
        if (Inspect.state(module.registration) == ModuleState.REGISTERED) {
            assertThat(rig.deregister(module)).isEqualTo(NmrStatus.PENDING);
        }
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void C6_detachCompleteOfAnotherBindingInsideACallback(Role role, What what) {
        unrelatedClient.pend();
        rig.registerAll(unrelatedClient, unrelatedProvider);
        rig.deregister(unrelatedProvider);
        history.await("pending", () -> history.count(What.DETACH_END, unrelatedClient) == 1);

        inside(role, what, () -> unrelatedClient.link().complete());

        assertThat(rig.await(unrelatedProvider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void C6_waitForOneselfInsideACallback_isRefusedAtOnce(Role role, What what) {
        refusesWait(role, what, role == Role.CLIENT ? client : provider);
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void C6_waitForThePeerInsideACallback_isRefusedAtOnce(Role role, What what) {
        refusesWait(role, what, role == Role.CLIENT ? provider : client);
    }

    private void refusesWait(Role role, What what, RecordingModule waitedFor) {
        inside(role, what, () -> {
            deregisterUnlessDone(waitedFor);
            assertThat(rig.await(waitedFor, Rig.LONG)).isEqualTo(NmrStatus.POSSIBLE_DEADLOCK);
            Incident incident = rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6");
            assertThat(incident.message()).contains(waitedFor.name, "binding", "Return from there first");
        });
        assertThat(rig.await(waitedFor)).isEqualTo(NmrStatus.SUCCESS);
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void C6_waitForAnUnrelatedModuleInsideACallback_works(Role role, What what) {
        rig.registerAll(unrelatedClient, unrelatedProvider);
        inside(role, what, () -> rig.deregisterAndWait(unrelatedProvider));
        history.only(What.CLEANUP, unrelatedClient);
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void C6_waitForAnUnrelatedModuleInsideACallback_whoseCallsEndElsewhere(Role role, What what) {
        unrelatedClient.pend();
        rig.registerAll(unrelatedClient, unrelatedProvider);
        inside(role, what, () -> {
            rig.deregister(unrelatedProvider);
            history.await("pending", () -> history.count(What.DETACH_END, unrelatedClient) == 1);
            Crew.Member<Void> completing = rig.crew.run(() -> {
                awaitWaiter(unrelatedProvider);
                unrelatedClient.link().complete();
            });
            assertThat(rig.await(unrelatedProvider)).isEqualTo(NmrStatus.SUCCESS);
            completing.join();
        });
    }

    private static void awaitWaiter(RecordingModule module) {
        while (!Inspect.isWaitedFor(module.registration)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void C6_waitForOneAmongOthers_theOthersAreWaitedFor() {
        rig.registerAll(unrelatedClient, unrelatedProvider);
        inside(Role.CLIENT, What.DETACH, () -> {
            rig.deregister(unrelatedProvider);
            assertThat(rig.drain(
                            List.of(provider.registration, unrelatedProvider.registration), Rig.LONG))
                    .isEqualTo(NmrStatus.POSSIBLE_DEADLOCK);
            assertThat(rig.isComplete(unrelatedProvider)).isTrue();
        });
        rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6");
    }

    @Test
    void C6_waitInADetachCallback_forAModuleWhoseNoticesStandBehindThatCallback() {
        RecordingClient second = rig.client("second");
        rig.registerAll(client, second, provider);
        client.onDetach = link -> {
            rig.deregisterAndWait(second);
            return link.close();
        };
        rig.deregisterAndWait(provider);
        history.only(What.CLEANUP, second);
    }

    @Test
    void C6_waitInTheCleanupBehindADetach_forAModuleWhoseNoticesStandBehindIt() {
        RecordingClient second = rig.client("second");
        rig.registerAll(client, second, provider);
        provider.onCleanup = link -> {
            if (link.peerContext == client.link()) {
                rig.deregisterAndWait(second);
            }
        };
        rig.deregisterAndWait(provider);
        history.only(What.CLEANUP, second);
    }

    @Test
    void C6_waitInAnActionOfAStage_forAModuleWhoseNoticesStandBehindIt() {
        RecordingClient second = rig.client("second");
        rig.registerAll(client, second, provider);
        client.onDetach = link -> {
            rig.deregister(client);
            return link.close();
        };
        AtomicReference<NmrStatus> waited = new AtomicReference<>();
        client.registration.deregistration().thenAccept(status -> {
            rig.deregister(second);
            waited.set(rig.await(second));
            history.tick();
        });

        rig.deregister(provider);

        history.await("the action", () -> waited.get() != null);
        assertThat(waited.get()).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C6_nestedWait_isNotStarvedByTheWaitAroundIt() {
        RecordingClient second = rig.client("second");
        client.pend();
        second.pend();
        rig.registerAll(client, second, provider);
        rig.deregister(provider);
        history.await("pending", () -> history.count(What.DETACH_END) == 4);
        AtomicReference<NmrStatus> nested = new AtomicReference<>();
        client.onCleanup = link -> {
            rig.deregister(second);
            Crew.Member<Void> completing = rig.crew.run(() -> {
                awaitWaiter(second);
                second.link().complete();
            });
            nested.set(rig.await(second));
            completing.join();
        };
        Crew.Member<NmrStatus> outer = rig.crew.start(() -> rig.await(provider));
        awaitWaiter(provider);

        client.link().complete();

        assertThat(outer.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(nested.get()).as("the wait inside a cleanup that the outer wait performs")
                .isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void C6_twoThreadsWaitForEachOther_insideCallbacks_oneIsRefused() {
        rig.registerAll(client, provider, unrelatedClient, unrelatedProvider);
        CountDownLatch bothInside = new CountDownLatch(2);
        List<NmrStatus> answers = new CopyOnWriteArrayList<>();
        client.onDetach = link -> waitCrosswise(link, bothInside, answers, unrelatedProvider);
        unrelatedClient.onDetach = link -> waitCrosswise(link, bothInside, answers, provider);

        rig.crew.run(() -> rig.deregister(provider));
        rig.crew.run(() -> rig.deregister(unrelatedProvider));
        rig.crew.join();
        history.await("both", () -> answers.size() == 2);

        rig.incidents.removeIf(incident -> incident.kind() == Kind.POSSIBLE_DEADLOCK);
        assertThat(answers).contains(NmrStatus.POSSIBLE_DEADLOCK).doesNotContain(NmrStatus.TIMEOUT);
    }

    private NmrStatus waitCrosswise(
            Link link, CountDownLatch bothInside, List<NmrStatus> answers, RecordingModule other) {
        bothInside.countDown();
        RegistrationRulesTest.awaitQuietly(bothInside);
        answers.add(rig.await(other, Duration.ofSeconds(2)));
        history.tick();
        return link.close();
    }

    @Test
    void C6_abandonedAndInsideItsCallback_theAnswerAndTheReportAgree() {
        inside(Role.CLIENT, What.DETACH, () -> {
            rig.engine.abandon(List.of(provider.registration));
            assertThat(rig.await(provider)).isEqualTo(NmrStatus.TIMEOUT);
        });
        history.await("complete", () -> rig.isComplete(provider));
        assertThat(rig.incidents).isEmpty();
    }

    @Test
    void C6_aWaitInsideACallback_leavesNothingOnThePooledThread() {
        inside(Role.PROVIDER, What.DETACH, () -> {
            assertThat(CallbackChain.isEmpty()).isFalse();
            assertThat(rig.await(provider)).isEqualTo(NmrStatus.POSSIBLE_DEADLOCK);
        });
        rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6");
        assertThat(CallbackChain.isEmpty()).isTrue();
    }

    @Test
    void C6_deepNesting_registerInsideRegisterInsideAttach() {
        int depth = 50;
        AtomicReference<Integer> left = new AtomicReference<>(depth);
        provider.onAttach = link -> {
            if (left.updateAndGet(n -> n - 1) > 0) {
                rig.register(rig.client("client at " + left.get()));
            }
            return link.accept();
        };
        rig.registerAll(provider, client);
        assertThat(provider.links).hasSize(depth);
        rig.deregisterAndWait(provider);
        assertThat(history.count(What.CLEANUP, provider)).isEqualTo(depth);
    }
}
