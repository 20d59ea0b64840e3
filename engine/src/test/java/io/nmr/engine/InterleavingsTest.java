package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.NmrStatus;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import io.nmr.api.runtime.Role;
import io.nmr.engine.History.Event;
import io.nmr.engine.History.What;
import io.nmr.engine.spi.EffectKind;
import io.nmr.engine.spi.EffectTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dangerous interleavings, made deterministic: effects are captured and performed in chosen orders. */
class InterleavingsTest extends EngineTest {

    /** An effect that the executor has taken and not yet performed. */
    private record Captured(EffectTask effect, Runnable performance) {}

    private final List<Captured> captured = new ArrayList<>();
    private volatile boolean captures;

    @Override
    BiConsumer<EffectTask, Runnable> performing() {
        return (effect, performance) -> {
            if (captures) {
                synchronized (captured) {
                    captured.add(new Captured(effect, performance));
                }
                history.tick();
            } else {
                performance.run();
            }
        };
    }

    private List<Captured> take() {
        synchronized (captured) {
            List<Captured> taken = List.copyOf(captured);
            captured.clear();
            return taken;
        }
    }

    private void performAll() {
        captures = false;
        take().forEach(one -> one.performance().run());
    }

    private List<EffectKind> kinds() {
        synchronized (captured) {
            return captured.stream().map(one -> one.effect().kind()).toList();
        }
    }

    private RecordingClient client;
    private RecordingProvider provider;

    private void modules() {
        client = rig.client("client");
        provider = rig.provider("provider");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void D1_deregisteredBeforeItsOfferIsPerformed_theOfferIsWithdrawn(boolean clientLeaves) {
        modules();
        rig.register(provider);
        captures = true;
        Crew.Member<?> registering = rig.crew.start(() -> rig.register(client));
        history.await("the offer", () -> kinds().contains(EffectKind.OFFER));

        rig.deregister(clientLeaves ? client : provider);
        performAll();

        registering.join();
        assertThat(history.events()).isEmpty();
        assertThat(rig.await(clientLeaves ? client : provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void D2_noticesInReverseOrder_andTwice_detachOnce() {
        modules();
        attached(client, provider);
        captures = true;
        rig.deregister(provider);
        assertThat(kinds()).containsExactly(EffectKind.DETACH_NOTICE, EffectKind.DETACH_NOTICE);
        assertThat(captured).extracting(one -> one.effect().module().role())
                .containsExactly(Role.PROVIDER, Role.CLIENT);
        List<Captured> notices = take();
        for (int i : new int[] {1, 0, 1, 0}) {
            notices.get(i).performance().run();
        }
        assertThat(kinds()).containsExactly(EffectKind.CLEANUP, EffectKind.CLEANUP);
        List<Captured> cleanups = take();
        captures = false;
        for (int i : new int[] {1, 1, 0, 0}) {
            cleanups.get(i).performance().run();
        }
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.all(What.CLEANUP)).extracting(Event::link)
                .containsExactly(client.link(), provider.link());
    }

    @Test
    void D2_aWaitInsideACallback_takesOverInTheOrderOfLeaving() {
        modules();
        RecordingClient second = rig.client("second");
        rig.registerAll(client, second, provider);
        client.onDetach = link -> {
            rig.deregisterAndWait(second);
            return link.close();
        };
        rig.deregisterAndWait(provider);
        Link secondLink = second.link();
        assertThat(history.all(What.DETACH)).extracting(event -> event.link().binding() == secondLink.binding()
                        ? event.link().module.name : "")
                .filteredOn(name -> !name.isEmpty())
                .containsExactly("provider", "second");
    }

    @Test
    void D6_completeWhileTheNoticeIsDueAndNotYetCalled_isMisuse() {
        modules();
        attached(client, provider);
        captures = true;
        rig.deregister(provider);
        assertThatThrownBy(client.link().handle::detachComplete)
                .hasMessageContaining("DETACH_DUE");
        rig.expectIncident(OfIncident.Kind.PROTOCOL_ERROR, "D6");
        performAll();
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void D8_deregisterBetweenTheAcceptanceAndTheReturn_onAnotherThread() {
        modules();
        CountDownLatch accepted = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        client.onAttach = link -> {
            NmrStatus status = link.attach().status();
            accepted.countDown();
            RegistrationRulesTest.awaitQuietly(goOn);
            return status;
        };
        rig.register(provider);
        Crew.Member<?> registering = rig.crew.start(() -> rig.register(client));
        RegistrationRulesTest.awaitQuietly(accepted);
        rig.deregister(provider);
        assertThat(history.count(What.DETACH)).isZero();
        Crew.Member<NmrStatus> waiting = rig.crew.start(() -> rig.await(provider));
        waiting.awaitBlocked();
        goOn.countDown();
        registering.join();
        assertThat(waiting.join()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.all(What.DETACH)).extracting(Event::thread)
                .as("notices go to the thread that waits").containsOnly(waiting.thread);
    }

    @Test
    void D8_abandonedWhileAttaching_theAttachmentIsDetachedAtOnce_andOverdue() {
        modules();
        client.onAttach = link -> {
            rig.deregister(client);
            rig.engine.abandon(List.of(client.registration));
            NmrStatus status = link.attach().status();
            assertThat(status).isEqualTo(NmrStatus.DELETE_PENDING);
            return status;
        };
        rig.registerAll(provider, client);
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(history.of(provider)).isEmpty();
    }

    @Test
    void D8_abandonedWhileTheProviderIsAsked_theBindingIsDetachedAtOnce() {
        modules();
        provider.onAttach = link -> {
            rig.deregister(client);
            rig.engine.abandon(List.of(client.registration));
            return link.accept();
        };
        rig.registerAll(provider, client);
        assertThat(rig.isComplete(client)).isTrue();
        history.only(What.CLEANUP, provider);
    }

    @Test
    void T2_aCompletionHandedOverAtTheMomentTheWaitRunsOut_isNotLost() {
        AtomicReference<Runnable> atTheClock = new AtomicReference<>();
        long[] now = {0};
        Rig timed = new Rig((effect, performance) -> performance.run(), () -> {
            Runnable action = atTheClock.getAndSet(null);
            if (action != null) {
                action.run();
            }
            return now[0];
        });
        RecordingClient pending = timed.client("client");
        RecordingProvider leaving = timed.provider("provider");
        pending.pend();
        timed.registerAll(pending, leaving);
        timed.deregister(leaving);
        int[] readings = {0};
        // The wait reads the clock once for its deadline and once before it parks: there the completion comes, and
        // the time is over.
        atTheClock.set(() -> atTheClock.set(() -> {
            pending.link().complete();
            now[0] = TimeUnit.HOURS.toNanos(1);
            readings[0]++;
        }));

        NmrStatus status = timed.await(leaving, Duration.ofSeconds(1));

        assertThat(readings[0]).isEqualTo(1);
        assertThat(status).isIn(NmrStatus.TIMEOUT, NmrStatus.SUCCESS);
        assertThat(timed.history.count(What.CLEANUP)).isEqualTo(2);
        assertThat(timed.isComplete(leaving)).isTrue();
        timed.finish();
    }

    @Test
    void T2_abandonAgainstCompletion_eitherOrder_cleansUpOnce() {
        for (int round = 0; round < 300; round++) {
            modules();
            client.pend();
            rig.registerAll(client, provider);
            rig.deregister(provider);
            Crew.Member<NmrStatus> waiting = rig.crew.start(() -> rig.await(provider));
            rig.crew.run(() -> rig.engine.abandon(List.of(provider.registration)));
            rig.crew.run(client.link()::complete);
            assertThat(waiting.join()).isIn(NmrStatus.SUCCESS, NmrStatus.TIMEOUT);
            rig.crew.join();
            history.await("complete", () -> rig.isComplete(provider));
            rig.deregisterAndWait(client);
        }
    }

    @Test
    void T2_shortWaitsAgainstCompletions_loseNoEffect() {
        for (int round = 0; round < 300; round++) {
            modules();
            client.pend();
            provider.pend();
            rig.registerAll(client, provider);
            rig.deregister(provider);
            rig.deregister(client);
            for (RecordingModule module : List.of(client, provider, client)) {
                rig.crew.run(() -> rig.await(module, Duration.ofNanos(20_000)));
            }
            rig.crew.run(client.link()::complete);
            rig.crew.run(provider.link()::complete);
            rig.crew.join();
            assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
            assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
        }
    }

    @Test
    void R6_registerRacesDeregister_theModuleEndsEitherWay() {
        modules();
        rig.register(provider);
        for (int round = 0; round < 300; round++) {
            RecordingClient racing = rig.client("racing " + round);
            rig.prepare(racing);
            rig.crew.run(() -> rig.engine.register(racing.registration));
            rig.crew.run(() -> rig.engine.register(racing.registration));
            rig.crew.run(() -> rig.deregister(racing));
            rig.crew.join();
            assertThat(rig.await(racing)).isEqualTo(NmrStatus.SUCCESS);
            assertThat(racing.links).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void C2_aStageAskedForWhileTheModuleCompletes_completes() {
        for (int round = 0; round < 300; round++) {
            RecordingClient leaving = rig.register(rig.client("leaving " + round));
            rig.crew.run(() -> rig.deregister(leaving));
            Crew.Member<NmrStatus> asking = rig.crew.start(() -> leaving.registration.deregistration()
                    .toCompletableFuture().get(20, TimeUnit.SECONDS));
            assertThat(asking.join()).isEqualTo(NmrStatus.SUCCESS);
            rig.crew.join();
        }
    }
}
