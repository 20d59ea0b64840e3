package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** Bundles stop with calls in progress: O2, the stops of O4, and D and C between bundles. */
public class StopIT extends RegistrarTest {

    private TestClient client;
    private TestProvider provider;
    private Bundle clients;
    private Bundle providers;

    private void bind() {
        client = stage.client("C");
        provider = stage.provider("P");
        clients = stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p", provider);
    }

    @Test
    public void O2_stopOfProvider_activatorStopRunsAfterLastCall() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> tell = stage.heldTell(provider, client);
        Running<Void> stop = stage.act("stop", providers::stop);
        history.awaitEvent("C", "detach.pending");
        stop.awaitWaiting();
        assertNull("T1", client.call("more"));
        assertFalse("T1", provider.bound().tell("more"));
        assertNull("the provider is alive, its context valid", stage.plan(providers).context().getProperty("none"));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stop.awaitWaiting();
        assertEquals("not yet", 0, history.count("bundle.p", "stop"));
        client.heard.release();
        assertTrue(tell.join());
        stop.join();
        history.assertOrder("P detach", "P detach.pending", "P call.end", "C hear.end", "P cleanup.end", "bundle.p stop",
                "stop returned");
        history.assertOrder("C detach", "C detach.pending", "C hear.end", "C cleanup.end", "bundle.p stop");
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
        history.awaitEvent("P", "detach.pending");
        stop.awaitWaiting();
        assertNull(client.call("more"));
        assertFalse(provider.bound().tell("more"));
        client.heard.release();
        assertTrue(tell.join());
        stop.awaitWaiting();
        assertEquals(0, history.count("bundle.c", "stop"));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stop.join();
        history.assertOrder("C detach", "C detach.pending", "C hear.end", "P call.end", "C cleanup.end", "bundle.c stop",
                "stop returned");
        history.assertOrder("P detach", "P detach.pending", "P call.end", "P cleanup.end", "bundle.c stop");
    }

    @Test
    public void O2_severalModulesOfOneBundle_areDrainedAllAtOnce_beforeTheActivatorStops() {
        List<TestClient> users = new ArrayList<>();
        List<TestProvider> offered = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            NpiId npi = new NpiId(new UUID(1, i));
            users.add(stage.add(new TestClient(history, "C" + i, npi)));
            offered.add(stage.add(new TestProvider(history, "P" + i, npi)));
        }
        stage.publish("bundle.c", users.toArray(TestClient[]::new));
        Bundle bundle = stage.publish("bundle.p", offered.toArray(TestProvider[]::new));
        List<Running<String>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(stage.heldCall(users.get(i), offered.get(i)));
        }
        Running<Void> stop = stage.act("stop", bundle::stop);
        users.forEach(user -> history.awaitEvent(user.toString(), "detach.pending"));
        stop.awaitWaiting();
        for (int i = 2; i >= 0; i--) {
            assertEquals(0, history.count("bundle.p", "stop"));
            stop.awaitWaiting();
            offered.get(i).echoed.release();
            assertEquals("P" + i + ":hello", calls.get(i).join());
        }
        stop.join();
        for (int i = 0; i < 3; i++) {
            history.assertOrder("P" + i + " call.end", "C" + i + " cleanup.end", "bundle.p stop");
            history.assertOrder("P" + i + " cleanup.end", "bundle.p stop");
        }
        assertTrue(stage.log.only("NMR201").contains("modules 3, bindings 3, calls in progress at its start 3"));
    }

    @Test
    public void O2_stopByABundleThatIsNeither_andWithNothingBound_drainsNothing() throws BundleException {
        TestProvider alone = stage.provider("P");
        Bundle bundle = stage.publish("bundle.p", alone);
        bundle.stop();
        history.assertOrder("bundle.p start", "bundle.p stop");
        assertEquals(0, history.count("P", "detach"));
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
        history.assertOrder("P call.end", "C hear.end", "C cleanup.end", "bundle.p stop", "stopP returned");
        history.assertOrder("P call.end", "C hear.end", "P cleanup.end", "bundle.c stop", "stopC returned");
        history.only("C", "detach");
        history.only("P", "detach");
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
            int before = history.count("P", "call");
            Await.until("a call", () -> history.count("P", "call") > before);
            provider.checkNotTorn();
            providers.stop();
                providers.start();
        }
        enough.countDown();
        callers.forEach(Running::join);
        provider.checkNotTorn();
    }

    @Test
    public void D5_pendingCompletedOnAnotherThread_stopGoesOnThen() {
        bind();
        Hold last = stage.hold("the completion");
        client.detach = bound -> {
            stage.act("completion", () -> {
                last.pass();
                history.add("C", "completes");
                bound.handle.detachComplete();
            });
            return NmrStatus.PENDING;
        };
        Running<Void> stop = stage.act("stop", providers::stop);
        last.awaitEntered();
        history.awaitEvent("C", "detach.pending");
        stop.awaitWaiting();
        last.release();
        stop.join();
        history.assertOrder("C completes", "C cleanup.end", "bundle.p stop");
        history.assertOrder("C completes", "P cleanup.end", "bundle.p stop");
    }

    @Test
    public void D5_completeBeforePendingReturned_cleansUpOnce() throws BundleException {
        bind();
        client.detach = bound -> {
            bound.handle.detachComplete();
            return NmrStatus.PENDING;
        };
        provider.detach = bound -> {
            stage.run("completion", () -> {
                bound.handle.detachComplete();
                return null;
            }).join();
            return NmrStatus.PENDING;
        };
        providers.stop();
        history.assertOrder("P detach.pending", "P cleanup.end", "bundle.p stop");
        history.assertOrder("C detach.pending", "C cleanup.end", "bundle.p stop");
    }

    @Test
    public void D6_detachCompleteAfterSuccess_isTheCallersError_andChangesNothing() throws BundleException {
        stage.expect("NMR402");
        bind();
        providers.stop();
        try {
            client.bound().handle.detachComplete();
            throw new AssertionError("a second completion was taken");
        } catch (NmrException e) {
            assertEquals(NmrStatus.INVALID_PARAMETER, e.status());
        }
        stage.start(providers);
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void D9_detachCallbackThrows_isContained_andTheCallInProgressIsWaitedFor() {
        stage.expect("NMR401");
        bind();
        client.inDetach = bound -> {
            throw new IllegalStateException("no detach today");
        };
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        history.awaitEvent("C", "detach");
        stop.awaitWaiting();
        provider.echoed.release();
        call.join();
        stop.join();
        history.assertOrder("P call.end", "C cleanup.end", "bundle.p stop");
    }

    @Test
    public void C1_cleanupThrows_theOtherIsCleanedUp_andTheStopGoesOn() throws BundleException {
        stage.expect("NMR401");
        bind();
        provider.inCleanup = bound -> {
            throw new IllegalStateException("no cleanup today");
        };
        providers.stop();
        history.only("C", "cleanup.end");
        assertEquals(1, history.count("bundle.p", "stop"));
    }

    @Test
    public void D8_providerStops_whileTheClientsAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("C's attach");
        client.inAttach = bound -> attach.pass();
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        Running<Void> publish = stage.act("publish", () -> stage.plan(bundle).publish(provider));
        attach.awaitEntered();
        Running<Void> stop = stage.act("stop", bundle::stop);
        stop.awaitWaiting();
        attach.release();
        stop.join();
        publish.join();
        history.assertOrder("C attach", "C attach.end", "bundle.p stop", "stop returned");
        assertEquals("D8: the provider is not asked any more", 0, history.count("P", "attach"));
        assertEquals(0, history.count("C", "detach"));
    }

    @Test
    public void D8_clientStops_whileTheProvidersAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("P's attach");
        provider.inAttach = bound -> attach.pass();
        stage.publish("bundle.p", provider);
        Bundle bundle = stage.publish("bundle.c");
        Running<Void> publish = stage.act("publish", () -> stage.plan(bundle).publish(client));
        attach.awaitEntered();
        Running<Void> stop = stage.act("stop", bundle::stop);
        stop.awaitWaiting();
        attach.release();
        stop.join();
        publish.join();
        history.assertOrder("P attach.end", "C attached", "C attach.end", "C detach", "C cleanup.end", "bundle.c stop");
        history.assertOrder("C attach.end", "P detach", "P cleanup.end", "bundle.c stop");
    }

    @Test
    public void D8_providerStops_afterItAccepted_whileTheClientsAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("C's attach");
        client.attach = bound -> {
            NmrStatus status = client.attach(bound);
            attach.pass();
            assertEquals("calls begin before attach has returned", "P:x", bound.call("x"));
            return status;
        };
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        Running<Void> publish = stage.act("publish", () -> stage.plan(bundle).publish(provider));
        attach.awaitEntered();
        Running<Void> stop = stage.act("stop", bundle::stop);
        stop.awaitWaiting();
        attach.release();
        stop.join();
        publish.join();
        history.assertOrder("C attached", "P call.end", "C attach.end", "C detach", "C cleanup.end", "bundle.p stop");
    }

    @Test
    public void D8_bothStop_whileTheProvidersAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("P's attach");
        provider.inAttach = bound -> attach.pass();
        Bundle first = stage.publish("bundle.p", provider);
        Bundle second = stage.publish("bundle.c");
        Running<Void> publish = stage.act("publish", () -> stage.plan(second).publish(client));
        attach.awaitEntered();
        Running<Void> stopP = stage.act("stopP", first::stop);
        Running<Void> stopC = stage.act("stopC", second::stop);
        stopP.awaitWaiting();
        stopC.awaitWaiting();
        attach.release();
        List.of(stopP, stopC, publish).forEach(Running::join);
        history.assertOrder("C attach.end", "C detach", "C cleanup.end", "bundle.c stop");
        history.assertOrder("C attach.end", "P detach", "P cleanup.end", "bundle.p stop");
    }

    @Test
    public void D8_unregister_whileAnAttachIsUnderWay_waits() {
        bind();
        Hold attach = stage.hold("C's attach");
        client.inAttach = bound -> attach.pass();
        Bundle second = stage.publish("bundle.p2");
        Running<Void> publish = stage.act("publish", () -> stage.plan(second).publish(stage.provider("P2")));
        attach.awaitEntered();
        Running<Void> unregister =
                stage.act("unregister", () -> stage.plan(clients).registration(client).unregister());
        unregister.awaitWaiting();
        attach.release();
        List.of(publish, unregister).forEach(Running::join);
        assertTrue(history.toString(),
                history.all("C", "attach.end").get(1).time() < history.time("unregister", "returned"));
        assertEquals("DELETE_PENDING: P2 is not asked", 0, history.count("P2", "attach"));
        assertEquals(1, history.count("C", "cleanup.end"));
    }

    @Test
    public void O4_updateInPlace_drainsTheOld_thenAttachesTheNew() {
        bind();
        TestProvider next = stage.provider("P2");
        Running<String> call = stage.heldCall(client, provider);
        Publishing plan = new Publishing(history, "bundle.p2", next);
        Running<Void> update = stage.act(
                "update", () -> providers.update(Stage.jar("bundle.p", "2.0.0", plan)));
        history.awaitEvent("C", "detach.pending");
        update.awaitWaiting();
        assertNull(client.call("more"));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        update.join();
        history.assertOrder("P call.end", "P cleanup.end", "bundle.p stop", "bundle.p2 start", "P2 attach",
                "update returned");
        assertEquals("P2:x", client.call("x"));
        assertEquals("2.0.0", providers.getVersion().toString());
    }

    @Test
    public void O4_updatedBundleStops_isDrainedToo() throws BundleException {
        O4_updateInPlace_drainsTheOld_thenAttachesTheNew();
        providers.stop();
        history.assertOrder("P2 detach", "P2 cleanup.end", "bundle.p2 stop");
    }

    @Test
    public void O4_uninstall_drains() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> uninstall = stage.act("uninstall", providers::uninstall);
        uninstall.awaitWaiting();
        provider.echoed.release();
        call.join();
        uninstall.join();
        history.assertOrder("P call.end", "P cleanup.end", "bundle.p stop", "uninstall returned");
        assertNull(client.call("x"));
    }

    @Test
    public void O4_refresh_drains_andAttachesAnew() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(Set.of(providers), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        history.awaitEvent("C", "detach.pending");
        assertEquals(0, history.count("bundle.p", "stop"));
        assertNull(client.call("more"));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        Await.until("the refresh", () -> refreshed.getCount() == 0, history);
        assertTrue(history.toString(),
                history.all("P", "call.end").get(0).time() < history.time("bundle.p", "stop"));
        assertEquals("P:x", client.call("x"));
        assertEquals(2, client.bounds.size());
    }

    @Test
    public void O4_startAfterStop_attachesAnew() throws BundleException {
        bind();
        providers.stop();
        assertNull(client.call("x"));
        providers.start();
        assertEquals("P:x", client.call("x"));
        clients.stop();
        clients.start();
        assertEquals("P:y", client.call("y"));
        assertEquals(3, client.bounds.size());
    }

    @Test
    public void O4_failedStart_drainsWhatWasPublished_nothingStaysAttached() {
        client = stage.client("C");
        provider = stage.provider("P");
        stage.publish("bundle.c", client);
        provider.echoed = stage.hold("the call into P");
        List<Running<String>> calls = new ArrayList<>();
        Bundle failing = stage.install("bundle.p", new Publishing(history, "bundle.p", provider) {
            @Override
            public void start(BundleContext context) throws Exception {
                super.start(context);
                calls.add(stage.run("call", () -> client.call("x")));
                provider.echoed.awaitEntered();
                throw new IllegalStateException("failed start");
            }
        });
        Running<Boolean> start = stage.run("start", () -> {
            try {
                failing.start();
                return true;
            } catch (BundleException e) {
                history.add("start", "failed");
                return false;
            }
        });
        history.awaitEvent("C", "detach.pending");
        start.awaitWaiting();
        provider.echoed.release();
        assertFalse(start.join());
        calls.get(0).join();
        history.assertOrder("P call.end", "P cleanup.end", "start failed");
        assertNull(client.call("y"));
        assertEquals(Bundle.RESOLVED, failing.getState());
        assertNull(failing.getRegisteredServices());
    }

    @Test
    public void O4_startAfterAFailedStart_attaches() {
        O4_failedStart_drainsWhatWasPublished_nothingStaysAttached();
        TestProvider second = stage.provider("P2");
        stage.publish("bundle.p2", second);
        assertEquals("P2:x", client.call("x"));
    }

    @Test
    public void O6_publishedInTheActivatorsStop_isNotOffered() throws BundleException {
        stage.expect("NMR114");
        client = stage.client("C");
        TestProvider late = stage.provider("late");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.install("bundle.p", new Publishing(history, "bundle.p", stage.provider("P")) {
            @Override
            public void stop(BundleContext context) throws Exception {
                publish(late);
                super.stop(context);
            }
        });
        bundle.start();
        bundle.stop();
        assertEquals(1, history.count("C", "attach"));
        String named = stage.log.only("NMR114");
        assertTrue(named, named.contains("bundle.p 1.0.0"));
        bundle.start();
        assertEquals("offered again after the next start", 2, history.count("C", "attach"));
    }

    @Test
    public void O6_publishedByAnotherThread_whileItsBundleDrains_isNotOffered() {
        stage.expect("NMR114");
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        TestProvider late = stage.provider("late");
        stage.act("publish", () -> stage.plan(providers).publish(late)).join();
        assertEquals(0, history.count("late", "attach"));
        assertEquals(1, history.count("C", "attach"));
        provider.echoed.release();
        call.join();
        stop.join();
    }

    @Test
    public void O6_publishingAndStopping_race_nothingStaysAttached() throws Exception {
        stage.expect("NMR113", "NMR114");
        client = stage.client("C");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        for (int i = 0; i < 50; i++) {
            TestProvider racing = stage.provider("R" + i);
            Hold together = stage.hold("the race", 2);
            Running<Void> publish = stage.act("publish", () -> {
                together.pass();
                try {
                    stage.plan(bundle).publish(racing);
                } catch (IllegalStateException e) {
                    history.add("publish", "too late");
                }
            });
            Running<Void> stop = stage.act("stop", () -> {
                together.pass();
                bundle.stop();
            });
            together.awaitEntered();
            together.release();
            publish.join();
            stop.join();
            racing.checkAllGone();
            client.checkAllGone();
            bundle.start();
        }
    }

    @Test
    public void O6_registrarStarts_whileABundleStops_whatThatPublishedIsNotOffered() throws Exception {
        stage.expect("NMR114");
        client = stage.client("C");
        provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Hold stopping = stage.hold("the activator's stop");
        Bundle bundle = stage.install("bundle.p", new Publishing(history, "bundle.p", provider) {
            @Override
            public void stop(BundleContext context) throws Exception {
                super.stop(context);
                stopping.pass();
            }
        });
        registrarBundle().stop();
        bundle.start();
        Running<Void> stop = stage.act("stop", bundle::stop);
        stopping.awaitEntered();
        registrarBundle().start();
        int offered = history.count("P", "attach");
        stopping.release();
        stop.join();
        assertEquals("offers of a module that is torn down:\n" + history, 0, offered);
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
        assertEquals(0, history.count("bundle.p", "stop"));
        provider.echoed.release();
        call.join();
        assertTrue("the flag is restored", stop.join());
        history.assertOrder("P call.end", "bundle.p stop");
    }

    @Test
    public void O2_otherBundlesStartStopAndCall_whileOneDrains() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        history.awaitEvent("C", "detach.pending");
        TestProvider other = stage.provider("P2");
        Bundle bundle = stage.publish("bundle.p2", other);
        assertEquals("P2:x", client.call("x"));
        stage.act("stop2", bundle::stop).join();
        stop.awaitWaiting();
        provider.echoed.release();
        call.join();
        stop.join();
        history.assertOrder("stop2 returned", "P call.end", "stop returned");
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
        history.assertOrder("P call.end", "bundle.p stop");
        history.assertOrder("P call.end", "unregister returned");
    }

    @Test
    public void trap22_bundleStoppedOnTheThreadThatFinishedTheLastCall() {
        bind();
        Running<Void> stop = stage.act("caller", () -> {
            assertEquals("P:x", client.call("x"));
            providers.stop();
        });
        stop.join();
        history.assertOrder("P call.end", "P cleanup.end", "bundle.p stop");
    }

    @Test
    public void C6_publishingInsideADetachCallback_attaches() throws BundleException {
        bind();
        TestProvider second = stage.provider("P2");
        Bundle standby = stage.publish("bundle.standby");
        client.inDetach = bound -> {
            if (bound.provider.equals(provider.instance)) {
                stage.plan(standby).publish(second);
            }
        };
        providers.stop();
        assertEquals("P2:x", client.call("x"));
    }
}
