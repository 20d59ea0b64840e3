package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.api.AttachResult.Refused;
import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.runtime.RegistrarEvent.OfIncident.Kind;
import io.nmr.engine.History.What;
import io.nmr.engine.state.NetworkModule;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The traps seen in other registrars and drains, as far as they are the engine's; 20 to 22 belong to its users. */
class TrapsTest extends EngineTest {

    private static final int ROUNDS = 300;

    private RecordingClient client(int round) {
        return rig.client("client " + round);
    }

    private RecordingProvider provider(int round) {
        return rig.provider("provider " + round);
    }

    /** Both at the same moment, on two threads. */
    private void together(Runnable one, Runnable two) {
        CyclicBarrier barrier = new CyclicBarrier(2);
        for (Runnable work : List.of(one, two)) {
            rig.crew.start(() -> {
                barrier.await();
                work.run();
                return null;
            });
        }
        rig.crew.join();
    }

    @Test
    void trap01_deregisterWhileAnAttachIsUnderWay_theDetachIsNotLost() {
        for (int round = 0; round < ROUNDS; round++) {
            RecordingClient client = client(round);
            RecordingProvider provider = rig.register(provider(round));
            together(() -> rig.register(client), () -> rig.deregister(provider));
            assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
            rig.deregisterAndWait(client);
        }
    }

    @Test
    void trap02_noAttachIsDeliveredAfterDeregisterReturned() {
        for (int round = 0; round < ROUNDS; round++) {
            RecordingClient client = rig.register(client(round));
            RecordingProvider first = provider(round);
            together(() -> rig.register(first), () -> rig.deregister(client));
            assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
            int offers = client.links.size();
            RecordingProvider second = rig.register(provider(round));
            assertThat(client.links).hasSize(offers);
            rig.deregisterAndWait(first);
            rig.deregisterAndWait(second);
        }
    }

    @Test
    void trap03_twoThreadsRegisterClientAndProvider_boundOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            RecordingClient client = client(round);
            RecordingProvider provider = provider(round);
            together(() -> rig.register(client), () -> rig.register(provider));
            assertThat(client.links).hasSize(1);
            assertThat(provider.links).hasSize(1);
            rig.deregisterAndWait(client);
            rig.deregisterAndWait(provider);
        }
    }

    @Test
    void trap04_detachCompleteRacesTheReturnOfPending_cleansUpOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            RecordingClient client = client(round);
            RecordingProvider provider = provider(round);
            CountDownLatch inside = new CountDownLatch(1);
            client.onDetach = link -> {
                inside.countDown();
                return NmrStatus.PENDING;
            };
            rig.registerAll(client, provider);
            together(() -> rig.deregister(client), () -> {
                RegistrationRulesTest.awaitQuietly(inside);
                client.link().complete();
            });
            assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
            rig.deregisterAndWait(provider);
        }
    }

    @Test
    void trap05_bothSidesCompleteAtOnce_earlyAndLate_cleansUpOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            RecordingClient client = client(round);
            RecordingProvider provider = provider(round);
            for (RecordingModule module : List.of(client, provider)) {
                module.onDetach = link -> {
                    rig.crew.run(link::complete);
                    return NmrStatus.PENDING;
                };
            }
            rig.registerAll(client, provider);
            together(() -> rig.deregister(client), () -> rig.deregister(provider));
            assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
            assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
            rig.crew.join();
        }
    }

    @Test
    void trap06_theProviderRefuses_theClientsCleanupIsNotCalled() {
        RecordingClient client = client(0);
        RecordingProvider provider = provider(0);
        provider.refuse(NmrStatus.INSUFFICIENT_RESOURCES);
        rig.registerAll(client, provider);
        rig.deregisterAndWait(provider);
        rig.deregisterAndWait(client);
        assertThat(history.whats(client)).containsExactly(What.ATTACH, What.ATTACH_END);
    }

    @Test
    void trap07_theClientFailsAfterTheProviderAccepted_theProviderGetsItsDetach() {
        RecordingClient client = client(0);
        RecordingProvider provider = provider(0);
        client.onAttach = link -> {
            link.attach();
            return NmrStatus.INSUFFICIENT_RESOURCES;
        };
        rig.registerAll(client, provider);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "A11");
        history.only(What.DETACH, provider);
        history.only(What.CLEANUP, provider);
    }

    @Test
    void trap08_nullBindingContexts_detachAndCleanupAreNotSkipped() {
        RecordingClient client = client(0);
        RecordingProvider provider = provider(0);
        client.onAttach = link -> link.attach(null, null).status();
        provider.onAttach = link -> new AttachResult.Attached(null, "dispatch");
        rig.registerAll(client, provider);
        rig.deregisterAndWait(provider);
        assertThat(history.count(What.DETACH)).isEqualTo(2);
        assertThat(history.count(What.CLEANUP)).isEqualTo(2);
    }

    @Test
    void trap09_cleanupIsCalledUnderNoLock_registrarCallsFromAnotherThreadInItWork() {
        RecordingClient client = client(0);
        RecordingProvider provider = provider(0);
        RecordingClient another = rig.client("another");
        client.onCleanup = link -> rig.crew.elsewhere(() -> {
            rig.register(another);
            rig.deregisterAndWait(another);
            return rig.deregister(client);
        });
        rig.registerAll(client, provider);
        rig.deregisterAndWait(provider);
        assertThat(rig.await(client)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void trap10_aWaitInsideADetachCallback_isDetected() {
        RecordingClient client = client(0);
        RecordingProvider provider = provider(0);
        client.onDetach = link -> {
            assertThat(rig.await(provider, Duration.ofSeconds(Long.MAX_VALUE)))
                    .isEqualTo(NmrStatus.POSSIBLE_DEADLOCK);
            return link.close();
        };
        rig.registerAll(client, provider);
        rig.deregisterAndWait(provider);
        rig.expectIncident(Kind.POSSIBLE_DEADLOCK, "C6");
    }

    @Test
    void trap11_aLongDrain_isNeitherAbortedNorWaitedForWithoutBound() {
        RecordingClient client = client(0);
        RecordingProvider provider = provider(0);
        client.pend();
        rig.registerAll(client, provider);
        rig.deregister(provider);
        for (int i = 0; i < 5; i++) {
            assertThat(rig.await(provider, Duration.ofMillis(1))).isEqualTo(NmrStatus.TIMEOUT);
        }
        rig.engine.abandon(List.of(provider.registration));
        assertThat(history.count(What.CLEANUP)).isZero();
        client.link().complete();
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void trap12_anInvalidHandle_isAStatusAndAReport_notAnUnrelatedException() {
        RecordingClient client = rig.register(client(0));
        rig.deregisterAndWait(client);
        assertThat(rig.engine.deregisterClient(client.clientRegistration())).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(rig.engine.deregisterProvider(null)).isEqualTo(NmrStatus.INVALID_PARAMETER);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "C2");
        rig.expectIncident(Kind.PROTOCOL_ERROR, "C3");
    }

    @Test
    void trap13_twoThreadsWaitOnOneHandle_bothReturn() {
        for (int round = 0; round < ROUNDS; round++) {
            RecordingClient client = client(round);
            RecordingProvider provider = provider(round);
            client.pend();
            rig.registerAll(client, provider);
            rig.deregister(provider);
            rig.crew.run(client.link()::complete);
            together(
                    () -> assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS),
                    () -> assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS));
            rig.deregisterAndWait(client);
        }
    }

    @Test
    void trap14_anErrorInTheMiddleOfMatching_leaksNothing() {
        for (int i = 0; i < 5; i++) {
            RecordingClient client = client(i);
            int mode = i;
            client.onAttach = link -> {
                if (mode % 2 == 1) {
                    throw new LinkageError("in the middle of matching");
                }
                return link.attach().status();
            };
            rig.register(client);
        }
        RecordingProvider provider = rig.register(provider(0));
        assertThat(provider.links).hasSize(3);
        rig.deregisterAndWait(provider);
        rig.expectIncident(Kind.CALLBACK_FAILED, "A11");
        rig.expectIncident(Kind.CALLBACK_FAILED, "A11");
    }

    @Test
    void trap15_attachAgain_whenReadyOrFromAnotherThread_changesNothing() {
        RecordingClient client = client(0);
        RecordingProvider provider = provider(0);
        rig.registerAll(client, provider);
        ClientBindingHandle handle = (ClientBindingHandle) client.link().handle;
        assertThat(handle.attach("again", null)).isInstanceOf(Refused.class);
        assertThat(rig.crew.<AttachResult>elsewhere(() -> handle.attach("again", null))).isInstanceOf(Refused.class);
        assertThat(provider.links).hasSize(1);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "A10");
        rig.expectIncident(Kind.PROTOCOL_ERROR, "A10");
    }

    @Test
    void trap16_aLateCompletion_hitsNoOtherBinding() {
        RecordingClient client = rig.register(client(0));
        RecordingProvider provider = rig.register(provider(0));
        Link old = client.link();
        rig.deregisterAndWait(provider);

        client.pend();
        RecordingProvider again = rig.register(provider(1));
        rig.deregister(again);
        assertThatThrownBy(old.handle::detachComplete).isInstanceOf(NmrException.class);
        rig.expectIncident(Kind.PROTOCOL_ERROR, "D6");

        assertThat(rig.isComplete(again)).isFalse();
        client.allLinks().get(1).complete();
        assertThat(rig.await(again)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void trap17_attachingLooksAtTheModulesOfItsNpiOnly() {
        AtomicInteger read = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            NpiId npi = new NpiId(new UUID(0, i));
            RecordingProvider stranger = rig.provider("stranger", npi);
            stranger.inEveryCallback = what -> read.incrementAndGet();
            rig.register(stranger);
        }
        RecordingClient client = rig.register(client(0));
        RecordingProvider provider = rig.register(provider(0));
        rig.deregisterAndWait(provider);
        assertThat(read).hasValue(0);
        assertThat(((NetworkModule) client.registration).group()).isSameAs(((NetworkModule) provider.registration).group());
    }

    @Test
    void trap18_oneClientThatPends_delaysTheNoticeToNobody() {
        for (int i = 0; i < 10; i++) {
            RecordingClient client = client(i);
            client.pend();
            rig.register(client);
        }
        RecordingProvider provider = rig.register(provider(0));
        rig.deregister(provider);
        assertThat(history.count(What.DETACH_END)).isEqualTo(20);
        rig.modules.stream().filter(RecordingClient.class::isInstance).forEach(client -> client.link().complete());
        assertThat(rig.await(provider)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void trap19_anEntryThatRacesTheClose_losesNoWakeUp() {
        for (int round = 0; round < 2 * ROUNDS; round++) {
            CallGate.Closer closer = CallGate.open();
            CountDownLatch drained = new CountDownLatch(1);
            together(
                    () -> {
                        int token = closer.gate().enter();
                        if (token != CallGate.REFUSED) {
                            closer.gate().exit(token);
                        }
                    },
                    () -> {
                        if (closer.close(drained::countDown).isSuccess()) {
                            drained.countDown();
                        }
                    });
            assertThat(drained.getCount()).isZero();
        }
    }
}
