package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NmrStatus;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** On which thread a module is called (ADR 1, ADR 9), and what a callback may do (C6). */
public class CallbackIT extends RegistrarTest {

    private static final long BELOW_THE_TIMEOUT = TimeUnit.SECONDS.toNanos(55);

    @Test
    public void design5_ownCallbacksRunOnTheStoppingThread_theOtherSidesOnThePool() throws BundleException {
        stage.publish("bundle.c", stage.client("C"));
        Bundle bundle = stage.publish("bundle.p", stage.provider("P"));
        bundle.stop();
        for (String callback : List.of("detach", "cleanup")) {
            assertSame(Thread.currentThread(), history.only("P", callback).thread());
            String other = history.only("C", callback).thread().getName();
            assertTrue(other, other.startsWith("nmr-callback-"));
        }
    }

    @Test
    public void design5_ownCleanupRunsOnTheStoppingThread_evenIfTheOtherSideIsFaster() throws BundleException {
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", stage.client("C1"), stage.client("C2"));
        Bundle bundle = stage.publish("bundle.p", provider);
        provider.inDetach = bound -> {
            if (bound == provider.bounds.get(1)) {
                history.awaitEvent("C1", "detach.end");
                Await.until("the pool is idle", CallbackIT::isPoolIdle, history);
            }
        };
        bundle.stop();
        assertEquals(2, history.count("P", "cleanup.end"));
        history.all("P", "cleanup").forEach(cleanup ->
                assertSame(cleanup + " in\n" + history, Thread.currentThread(), cleanup.thread()));
    }

    private static boolean isPoolIdle() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nmr-callback-"))
                .allMatch(thread -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    public void design5_synchronizedCloseThatUnregisters_isReEntrant() {
        stage.publish("bundle.c", stage.client("C1"), stage.client("C2"));
        TestProvider provider = stage.provider("P");
        Bundle bundle = stage.publish("bundle.p", provider);
        Object monitor = new Object();
        provider.inDetach = bound -> {
            synchronized (monitor) {
                history.add("P", "in the monitor");
            }
        };
        provider.inCleanup = provider.inDetach;
        stage.act("close", () -> {
            synchronized (monitor) {
                stage.plan(bundle).registration(provider).unregister();
            }
        }).join();
        assertEquals(4, history.count("P", "in the monitor"));
    }

    @Test
    public void design5_slowCallback_isNamedWhileItRuns_andDelaysNobodyElse() {
        stage.expect("NMR301");
        TestClient slow = stage.client("slow");
        Hold detach = stage.hold("the slow detach");
        slow.inDetach = bound -> detach.pass();
        stage.publish("bundle.slow", slow);
        stage.publish("bundle.c", stage.client("C"));
        Bundle bundle = stage.publish("bundle.p", stage.provider("P"));
        Running<Void> stop = stage.act("stop", bundle::stop);
        detach.awaitEntered();
        history.awaitEvent("C", "cleanup.end");
        Await.until("NMR301", () -> slowOf("DETACH_NOTICE", "of bundle.slow 1.0.0").size() == 1, stage.log);
        String named = slowOf("DETACH_NOTICE", "of bundle.slow 1.0.0").get(0);
        assertTrue(named, named.contains("on thread nmr-callback-"));
        assertEquals("it still runs", 0, history.count("slow", "detach.end"));
        stop.awaitWaiting();
        detach.release();
        stop.join();
        history.assertOrder("C cleanup.end", "slow detach.end", "slow cleanup.end", "bundle.p stop");
        assertEquals("once only", 1, slowOf("DETACH_NOTICE", "of bundle.slow 1.0.0").size());
    }

    /** The records of slow callbacks that say both; on a busy machine there may be others. */
    private List<String> slowOf(String callback, String where) {
        return stage.log.all("NMR301").stream()
                .filter(named -> named.contains(callback) && named.contains(where))
                .toList();
    }

    @Test
    public void design5_slowAttach_isNamedWhileItRuns() {
        stage.expect("NMR301");
        TestClient slow = stage.client("slow");
        Hold attach = stage.hold("the slow attach");
        slow.inAttach = bound -> attach.pass();
        stage.publish("bundle.slow", slow);
        Bundle bundle = stage.publish("bundle.p");
        Running<Void> publish = stage.act("publish", () -> stage.plan(bundle).publish(stage.provider("P")));
        Await.until("NMR301", () -> slowOf("OFFER for client", "on thread publish").size() == 1, stage.log);
        attach.release();
        publish.join();
        assertEquals("P:x", slow.call("x"));
    }

    @Test
    public void C6_providerStoppedInsideTheClientsAttach_beforeItAttaches_doesNotHang() {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        Bundle bundle = stage.publish("bundle.p");
        client.inAttach = bound -> stop(bundle);
        stage.publish("bundle.c", client);
        long begin = System.nanoTime();
        stage.act("publish", () -> stage.plan(bundle).publish(stage.provider("P"))).join();
        assertTrue(System.nanoTime() - begin < BELOW_THE_TIMEOUT);
        history.assertOrder("bundle.p stop", "C attach.end");
        assertEquals(0, history.count("P", "attach"));
        assertTrue(stage.log.only("NMR403").contains("of bundle.p 1.0.0"));
        assertTrue(stage.log.only("NMR202").contains("the attachment of client"));
    }

    @Test
    public void C6_providerStoppedInsideTheClientsAttach_afterItAttached_isDetachedAtOnce() {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        Bundle bundle = stage.publish("bundle.p");
        client.attach = bound -> {
            NmrStatus status = client.attach(bound);
            stop(bundle);
            return status;
        };
        stage.publish("bundle.c", client);
        stage.act("publish", () -> stage.plan(bundle).publish(stage.provider("P"))).join();
        history.awaitEvent("P", "cleanup.end");
        history.awaitEvent("C", "cleanup.end");
        history.assertOrder("bundle.p stop", "C attach.end", "C detach", "C cleanup.end");
        assertEquals(1, stage.log.all("NMR403").size());
    }

    @Test
    public void C6_clientStoppedInsideTheProvidersAttach_doesNotHang() {
        stage.expect("NMR403", "NMR202");
        TestProvider provider = stage.provider("P");
        Bundle bundle = stage.publish("bundle.c");
        provider.inAttach = bound -> stop(bundle);
        stage.publish("bundle.p", provider);
        stage.act("publish", () -> stage.plan(bundle).publish(stage.client("C"))).join();
        history.awaitEvent("C", "cleanup.end");
        history.assertOrder("bundle.c stop", "P attach.end", "C detach", "C cleanup.end");
        assertEquals(1, stage.log.all("NMR403").size());
    }

    @Test
    public void C6_bundleStopsItselfInsideItsDetachCallback_doesNotHang() throws BundleException {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", stage.provider("P"));
        client.inDetach = bound -> stop(clients);
        long begin = System.nanoTime();
        providers.stop();
        assertTrue(System.nanoTime() - begin < BELOW_THE_TIMEOUT);
        history.assertOrder("C detach", "bundle.c stop", "C detach.end");
        history.assertOrder("C cleanup.end", "bundle.p stop");
    }

    @Test
    public void C6_bundleStopsItselfInsideItsCleanupCallback_doesNotHang() throws BundleException {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", stage.provider("P"));
        client.inCleanup = bound -> stop(clients);
        providers.stop();
        history.assertOrder("bundle.c stop", "C cleanup.end", "bundle.p stop");
    }

    @Test
    public void C6_registrarStoppedInsideAnAttachCallback_doesNotHang() {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        client.attach = bound -> {
            NmrStatus status = client.attach(bound);
            stop(registrarBundle());
            return status;
        };
        Bundle bundle = stage.publish("bundle.p");
        stage.act("publish", () -> stage.plan(bundle).publish(stage.provider("P"))).join();
        history.awaitEvent("C", "cleanup.end");
        history.awaitEvent("P", "cleanup.end");
        assertEquals("both modules cannot go on", 2, stage.log.all("NMR403").size());
    }

    @Test
    public void C6_unregisterOfAnotherModule_insideADetachCallback_drainsIt() throws BundleException {
        TestProvider first = stage.provider("P1");
        TestProvider second = stage.provider("P2");
        TestClient client = stage.client("C");
        Bundle bundle = stage.publish("bundle.p", first, second);
        stage.publish("bundle.c", client);
        first.inDetach = bound -> stage.plan(bundle).registration(second).unregister();
        bundle.stop();
        history.assertOrder("P1 detach", "P2 cleanup.end", "P1 detach.end", "P1 cleanup.end", "bundle.p stop");
    }

    @Test
    public void C6_startOfAnotherBundle_insideAnAttachCallback_attachesItsModule() {
        TestClient client = stage.client("C");
        Bundle second = stage.install("bundle.p2", new Publishing(history, "bundle.p2", stage.provider("P2")));
        client.inAttach = bound -> {
            if (client.bounds.isEmpty() && second.getState() != Bundle.ACTIVE && second.getState() != Bundle.STARTING) {
                stage.start(second);
            }
        };
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        assertEquals(2, client.bounds.size());
    }

    @Test
    public void C6_providerUnregistered_insideAClientsAttachCallback_doesNotHang() {
        stage.expect("NMR403", "NMR202");
        TestProvider provider = stage.provider("P");
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        stage.plan(bundle).publish(provider);
        TestClient second = stage.client("C2");
        second.inAttach = bound -> stage.plan(bundle).registration(provider).unregister();
        stage.publish("bundle.c2", second);
        history.awaitEvent("C", "cleanup.end");
        assertEquals(0, second.bounds.size());
        assertTrue(stage.log.only("NMR403").contains("of bundle.p 1.0.0"));
    }

    @Test
    public void design5_activatorsUnregister_inStop_findsNothingLeftToDo() throws BundleException {
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", stage.client("C"));
        Bundle bundle = stage.install("bundle.p", new Publishing(history, "bundle.p", provider) {
            @Override
            public void stop(BundleContext context) throws Exception {
                super.stop(context);
                registration(provider).unregister();
            }
        });
        bundle.start();
        bundle.stop();
        history.assertOrder("P cleanup.end", "bundle.p stop");
        assertEquals(1, stage.log.all("NMR201").size());
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
