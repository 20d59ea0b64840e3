package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CALL;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.START;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NpiId;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Bundles stop with calls in progress: O2, C5. */
public class StopIT extends BoundTest {

    @Test
    public void O2_stopOfProvider_activatorStopRunsAfterLastCall() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> tell = stage.heldTell(provider, client);
        Running<Void> stop = stage.act("stop", providers::stop);
        journal.awaitEvent("C", DETACH_PENDING);
        stop.awaitWaiting();
        assertNull("T1", client.call("more"));
        assertFalse("T1", provider.bound().tell("more"));
        assertNull("the provider is alive, its context valid", stage.plan(providers).context().getProperty("none"));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stop.awaitWaiting();
        assertEquals("not yet", 0, journal.count("bundle.p", STOP));
        client.heard.release();
        assertTrue(tell.join());
        stop.join();
        journal.assertOrder(DETACH.of("P"), DETACH_PENDING.of("P"), CALL_END.of("P"), HEAR_END.of("C"),
                CLEANUP_END.of("P"), STOP.of("bundle.p"),
                RETURNED.of("stop"));
        journal.assertOrder(DETACH.of("C"), DETACH_PENDING.of("C"), HEAR_END.of("C"), CLEANUP_END.of("C"),
                STOP.of("bundle.p"));
        assertEquals(Bundle.ACTIVE, clients.getState());
        String drained = stage.log.only("NMR201");
        assertTrue(drained, drained.contains("bundle.p 1.0.0")
                && drained.contains("modules 1, bindings 1, calls in progress at its start 2"));
    }

    @Test
    public void O2_stopOfClient_activatorStopRunsAfterLastCall() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> tell = stage.heldTell(provider, client);
        Running<Void> stop = stage.act("stop", clients::stop);
        journal.awaitEvent("P", DETACH_PENDING);
        stop.awaitWaiting();
        assertNull(client.call("more"));
        assertFalse(provider.bound().tell("more"));
        client.heard.release();
        assertTrue(tell.join());
        stop.awaitWaiting();
        assertEquals(0, journal.count("bundle.c", STOP));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stop.join();
        journal.assertOrder(DETACH.of("C"), DETACH_PENDING.of("C"), HEAR_END.of("C"), CALL_END.of("P"),
                CLEANUP_END.of("C"), STOP.of("bundle.c"),
                RETURNED.of("stop"));
        journal.assertOrder(DETACH.of("P"), DETACH_PENDING.of("P"), CALL_END.of("P"), CLEANUP_END.of("P"),
                STOP.of("bundle.c"));
    }

    @Test
    public void O2_severalModulesOfOneBundle_areDrainedAllAtOnce_beforeTheActivatorStops() {
        List<TestClient> users = new ArrayList<>();
        List<TestProvider> offered = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            NpiId npi = new NpiId(new UUID(1, i));
            users.add(stage.add(new TestClient(journal, "C" + i, npi)));
            offered.add(stage.add(new TestProvider(journal, "P" + i, npi)));
        }
        stage.publish("bundle.c", users.toArray(TestClient[]::new));
        Bundle bundle = stage.publish("bundle.p", offered.toArray(TestProvider[]::new));
        List<Running<String>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(stage.heldCall(users.get(i), offered.get(i)));
        }
        Running<Void> stop = stage.act("stop", bundle::stop);
        users.forEach(user -> journal.awaitEvent(user.toString(), DETACH_PENDING));
        stop.awaitWaiting();
        for (int i = 2; i >= 0; i--) {
            assertEquals(0, journal.count("bundle.p", STOP));
            stop.awaitWaiting();
            offered.get(i).echoed.release();
            assertEquals("P" + i + ":hello", calls.get(i).join());
        }
        stop.join();
        for (int i = 0; i < 3; i++) {
            journal.assertOrder(CALL_END.of("P" + i), CLEANUP_END.of("C" + i), STOP.of("bundle.p"));
            journal.assertOrder(CLEANUP_END.of("P" + i), STOP.of("bundle.p"));
        }
        assertTrue(stage.log.only("NMR201").contains("modules 3, bindings 3, calls in progress at its start 3"));
    }

    @Test
    public void O2_stopByABundleThatIsNeither_andWithNothingBound_drainsNothing() throws BundleException {
        TestProvider alone = stage.provider("P");
        Bundle bundle = stage.publish("bundle.p", alone);
        bundle.stop();
        journal.assertOrder(START.of("bundle.p"), STOP.of("bundle.p"));
        assertEquals(0, journal.count("P", DETACH));
    }

    @Test
    public void C5_bothBundlesStopAtTheSameTime_oneDetachAndOneCleanupEach() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> tell = stage.heldTell(provider, client);
        Running<Void> first = stage.act("stopP", providers::stop);
        Running<Void> second = stage.act("stopC", clients::stop);
        first.awaitWaiting();
        second.awaitWaiting();
        provider.echoed.release();
        call.join();
        first.awaitWaiting();
        second.awaitWaiting();
        client.heard.release();
        tell.join();
        first.join();
        second.join();
        journal.assertOrder(CALL_END.of("P"), HEAR_END.of("C"), CLEANUP_END.of("C"), STOP.of("bundle.p"),
                RETURNED.of("stopP"));
        journal.assertOrder(CALL_END.of("P"), HEAR_END.of("C"), CLEANUP_END.of("P"), STOP.of("bundle.c"),
                RETURNED.of("stopC"));
        journal.only("C", DETACH);
        journal.only("P", DETACH);
    }

    @Test
    public void C5_bothBundlesStopAtTheSameTime_repeatedly() {
        bind();
        for (int i = 0; i < 50; i++) {
            Hold together = stage.hold("the stops", 2);
            List<Running<Void>> stops = new ArrayList<>();
            for (Bundle bundle : List.of(clients, providers)) {
                stops.add(stage.act("stop", () -> {
                    together.pass();
                    bundle.stop();
                }));
            }
            together.awaitEntered();
            assertEquals("P:x", client.call("x"));
            together.release();
            stops.forEach(Running::join);
            client.checkAllGone();
            provider.checkAllGone();
            stage.start(i % 2 == 0 ? clients : providers);
            stage.start(i % 2 == 0 ? providers : clients);
            assertEquals(i + 2, client.bounds.size());
        }
    }

    @Test
    public void O2_callsWithoutPause_whileTheProviderRestarts_noneSeesItTornDown() throws Exception {
        bind();
        CountDownLatch enough = new CountDownLatch(1);
        List<Running<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            callers.add(stage.run("caller " + i, () -> {
                int answered = 0;
                while (enough.getCount() > 0) {
                    answered += client.call("x") == null ? 0 : 1;
                }
                return answered;
            }));
        }
        for (int i = 0; i < 20; i++) {
            int before = journal.count("P", CALL);
            Await.until("a call", () -> journal.count("P", CALL) > before);
            provider.checkNotTorn();
            providers.stop();
                providers.start();
        }
        enough.countDown();
        callers.forEach(Running::join);
        provider.checkNotTorn();
    }

    @Test
    public void design4_strayInterrupt_doesNotEndTheDrain_andIsKept() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> stop = stage.run("stop", () -> {
            providers.stop();
            return Thread.currentThread().isInterrupted();
        });
        stop.awaitWaiting();
        stop.thread().interrupt();
        Await.until("the interrupt is taken in", () -> !stop.thread().isInterrupted());
        stop.awaitWaiting();
        assertEquals(0, journal.count("bundle.p", STOP));
        provider.echoed.release();
        call.join();
        assertTrue("the flag is restored", stop.join());
        journal.assertOrder(CALL_END.of("P"), STOP.of("bundle.p"));
    }

    @Test
    public void O2_otherBundlesStartStopAndCall_whileOneDrains() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        journal.awaitEvent("C", DETACH_PENDING);
        TestProvider other = stage.provider("P2");
        Bundle bundle = stage.publish("bundle.p2", other);
        assertEquals("P2:x", client.call("x"));
        stage.act("stop2", bundle::stop).join();
        stop.awaitWaiting();
        provider.echoed.release();
        call.join();
        stop.join();
        journal.assertOrder(RETURNED.of("stop2"), CALL_END.of("P"), RETURNED.of("stop"));
    }

    @Test
    public void O2_unregisterAndStop_atTheSameTime_bothWait() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> unregister =
                stage.act("unregister", () -> stage.plan(providers).registration(provider).unregister());
        unregister.awaitWaiting();
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        provider.echoed.release();
        call.join();
        unregister.join();
        stop.join();
        journal.assertOrder(CALL_END.of("P"), STOP.of("bundle.p"));
        journal.assertOrder(CALL_END.of("P"), RETURNED.of("unregister"));
    }

    @Test
    public void trap22_bundleStoppedOnTheThreadThatFinishedTheLastCall() {
        bind();
        Running<Void> stop = stage.act("caller", () -> {
            assertEquals("P:x", client.call("x"));
            providers.stop();
        });
        stop.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
    }
}
