package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.ENTERED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NmrStatus;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Moment;
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
        for (Moment callback : List.of(DETACH, CLEANUP)) {
            assertSame(Thread.currentThread(), journal.only("P", callback).thread());
            String other = journal.only("C", callback).thread().getName();
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
                journal.awaitEvent("C1", DETACH_END);
                Await.until("the pool is idle", CallbackIT::isPoolIdle, journal);
            }
        };
        bundle.stop();
        assertEquals(2, journal.count("P", CLEANUP_END));
        journal.all("P", CLEANUP).forEach(cleanup ->
                assertSame(cleanup + " in\n" + journal, Thread.currentThread(), cleanup.thread()));
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
                journal.add("P", ENTERED);
            }
        };
        provider.inCleanup = provider.inDetach;
        stage.act("close", () -> {
            synchronized (monitor) {
                stage.plan(bundle).registration(provider).unregister();
            }
        }).join();
        assertEquals(4, journal.count("P", ENTERED));
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
        journal.awaitEvent("C", CLEANUP_END);
        Await.until("NMR301", () -> slowOf("DETACH_NOTICE", "of bundle.slow 1.0.0").size() == 1, stage.log);
        String named = slowOf("DETACH_NOTICE", "of bundle.slow 1.0.0").get(0);
        assertTrue(named, named.contains("on thread nmr-callback-"));
        assertEquals("it still runs", 0, journal.count("slow", DETACH_END));
        stop.awaitWaiting();
        detach.release();
        stop.join();
        journal.assertOrder(CLEANUP_END.of("C"), DETACH_END.of("slow"), CLEANUP_END.of("slow"), STOP.of("bundle.p"));
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
        journal.assertOrder(STOP.of("bundle.p"), ATTACH_END.of("C"));
        assertEquals(0, journal.count("P", ATTACH));
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
        journal.awaitEvent("P", CLEANUP_END);
        journal.awaitEvent("C", CLEANUP_END);
        journal.assertOrder(STOP.of("bundle.p"), ATTACH_END.of("C"), DETACH.of("C"), CLEANUP_END.of("C"));
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
        journal.awaitEvent("C", CLEANUP_END);
        journal.assertOrder(STOP.of("bundle.c"), ATTACH_END.of("P"), DETACH.of("C"), CLEANUP_END.of("C"));
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
        journal.assertOrder(DETACH.of("C"), STOP.of("bundle.c"), DETACH_END.of("C"));
        journal.assertOrder(CLEANUP_END.of("C"), STOP.of("bundle.p"));
    }

    @Test
    public void C6_bundleStopsItselfInsideItsCleanupCallback_doesNotHang() throws BundleException {
        stage.expect("NMR403", "NMR202");
        TestClient client = stage.client("C");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", stage.provider("P"));
        client.inCleanup = bound -> stop(clients);
        providers.stop();
        journal.assertOrder(STOP.of("bundle.c"), CLEANUP_END.of("C"), STOP.of("bundle.p"));
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
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
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
        journal.assertOrder(DETACH.of("P1"), CLEANUP_END.of("P2"), DETACH_END.of("P1"), CLEANUP_END.of("P1"),
                STOP.of("bundle.p"));
    }

    @Test
    public void C6_startOfAnotherBundle_insideAnAttachCallback_attachesItsModule() {
        TestClient client = stage.client("C");
        Bundle second = stage.install("bundle.p2", new Publishing(journal, "bundle.p2", stage.provider("P2")));
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
        journal.awaitEvent("C", CLEANUP_END);
        assertEquals(0, second.bounds.size());
        assertTrue(stage.log.only("NMR403").contains("of bundle.p 1.0.0"));
    }

    @Test
    public void design5_activatorsUnregister_inStop_findsNothingLeftToDo() throws BundleException {
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", stage.client("C"));
        Bundle bundle = stage.install("bundle.p", new Publishing(journal, "bundle.p", provider) {
            @Override
            public void stop(BundleContext context) throws Exception {
                super.stop(context);
                registration(provider).unregister();
            }
        });
        bundle.start();
        bundle.stop();
        journal.assertOrder(CLEANUP_END.of("P"), STOP.of("bundle.p"));
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
