package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.ENTERED;
import static io.nmr.itests.kit.Moment.GOES_ON;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Platform;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage.Action;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Calls in progress that cannot end before the stop that waits for them: O3. The detach timeout is longer than any test
 * may take, so what goes on was found out.
 */
public class DeadlockIT extends BoundTest {

    /** A tracked call that is held, then does {@code inside}. */
    private Running<Void> call(Hold hold, Action inside) {
        Running<Void> call = stage.act("call", () -> client.bound().tracked(() -> {
            hold.pass();
            inside.run();
        }));
        hold.awaitEntered();
        return call;
    }

    private Running<Void> stop() {
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        return stop;
    }

    private CountDownLatch refresh(Bundle bundle) {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(Set.of(bundle), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        journal.awaitEvent("P", DETACH_END);
        journal.awaitEvent("C", DETACH_PENDING);
        return refreshed;
    }

    private void assertFound(String obstacle) {
        stage.log.awaitAny("NMR205");
        String found = stage.log.only("NMR205");
        assertTrue(found, found.contains("does not wait any longer for binding") && found.contains(obstacle)
                && found.contains("thread \"call\"") && found.contains("TestClient$Bound.tracked"));
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("goes on stopping") && overdue.contains("owes its completion"));
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
    }

    private void deadlockB(Action inside) {
        stage.expect("NMR202", "NMR205");
        bind();
        Hold hold = stage.hold("the call");
        Running<Void> call = call(hold, inside);
        Running<Void> stop = stop();
        hold.release();
        stop.join();
        call.join();
        assertFound(Platform.of(context) == Platform.FELIX ? "the lock of a bundle" : "ReentrantLock");
        journal.assertOrder(STOP.of("bundle.p"), CLEANUP_END.of("C"));
    }

    @Test
    public void deadlockB_callStopsTheBundleThatWaitsForIt_isFoundOut() {
        deadlockB(() -> providers.stop());
    }

    @Test
    public void deadlockB_callStartsTheBundleThatWaitsForIt_isFoundOut() throws BundleException {
        deadlockB(() -> providers.start());
        assertEquals("it was queued behind the stop", Bundle.ACTIVE, providers.getState());
    }

    @Test
    public void deadlockB_callUninstallsTheBundleThatWaitsForIt_isFoundOut() {
        deadlockB(() -> providers.uninstall());
    }

    private void deadlockC(Action inside) throws Exception {
        Hold hold = stage.hold("the call");
        bind();
        if (Platform.of(context) == Platform.FELIX) {
            stage.expect("NMR202", "NMR205");
        }
        Running<Void> call = call(hold, inside);
        CountDownLatch refreshed = refresh(providers);
        hold.release();
        call.join();
        refreshed.await();
        switch (Platform.of(context)) {
            case FELIX -> {
                stage.log.awaitAny("NMR205");
                String found = stage.log.only("NMR205");
                assertTrue(found, found.contains("Stop the bundles first, then refresh"));
                assertEquals(1, stage.log.all("NMR202").size());
            }
            case EQUINOX -> assertEquals(1, stage.log.all("NMR201").size());
        }
    }

    @Test
    public void deadlockC_refresh_andACallThatInstalls() throws Exception {
        deadlockC(() -> {
            try (var jar = new BundleJar("bundle.new", "1.0.0").build()) {
                context.installBundle("test:bundle.new", jar).uninstall();
            }
        });
    }

    @Test
    public void deadlockC_refresh_andACallThatResolves() throws Exception {
        Bundle unresolved = context.installBundle("test:bundle.new", new BundleJar("bundle.new", "1.0.0").build());
        deadlockC(() -> context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(unresolved)));
        unresolved.uninstall();
    }

    @Test
    public void deadlockC_refresh_andACallThatImportsAClassForTheFirstTime() throws Exception {
        Bundle exporter = context.installBundle("test:bundle.export", new BundleJar("bundle.export", "1.0.0")
                .header("Export-Package", "some.words").add("some/words/hello.txt", "hello").build());
        Bundle importer = context.installBundle("test:bundle.import", new BundleJar("bundle.import", "1.0.0")
                .header("DynamicImport-Package", "some.words").build());
        importer.start();
        deadlockC(() -> {
            ClassLoader loader = importer.adapt(BundleWiring.class).getClassLoader();
            assertEquals("found in the end", true, loader.getResource("some/words/hello.txt") != null);
        });
        importer.uninstall();
        exporter.uninstall();
    }

    @Test
    public void deadlockE_monitorOfTheStoppingThread_wantedByTheCall_isFoundOut() {
        stage.expect("NMR202", "NMR205");
        bind();
        Object monitor = new Object();
        Hold hold = stage.hold("the call");
        Running<Void> call = call(hold, () -> {
            synchronized (monitor) {
                journal.add("call", ENTERED);
            }
        });
        Running<Void> stop = stage.act("stop", () -> {
            synchronized (monitor) {
                providers.stop();
            }
        });
        stop.awaitWaiting();
        hold.release();
        stop.join();
        call.join();
        assertFound("java.lang.Object");
    }

    @Test
    public void deadlockE_lockOfTheStoppingThread_wantedByOneThatTheCallWaitsFor_isFoundOut() {
        stage.expect("NMR202", "NMR205");
        bind();
        ReentrantLock first = new ReentrantLock();
        ReentrantLock second = new ReentrantLock();
        Hold hold = stage.hold("the call");
        Hold between = stage.hold("the one between");
        Running<Void> call = call(hold, () -> locked(second, () -> { }));
        Running<Void> stop = stage.act("stop", () -> locked(first, () -> {
            between.awaitEntered();
            providers.stop();
        }));
        Running<Void> other = stage.act("between", () -> locked(second, () -> {
            between.pass();
            locked(first, () -> { });
        }));
        stop.awaitWaiting();
        between.release();
        hold.release();
        stop.join();
        other.join();
        call.join();
        assertFound("ReentrantLock");
    }

    private static void locked(ReentrantLock lock, Action inside) throws Exception {
        lock.lock();
        try {
            inside.run();
        } finally {
            lock.unlock();
        }
    }

    @Test
    public void deadlockE_monitorThatACallbackOfTheStoppingBundleHolds_isNone() {
        bind();
        Object monitor = new Object();
        Hold inDetach = stage.hold("P's detach");
        provider.inDetach = bound -> {
            synchronized (monitor) {
                inDetach.pass();
            }
        };
        Hold hold = stage.hold("the call");
        Running<Void> call = call(hold, () -> {
            synchronized (monitor) {
                journal.add("call", ENTERED);
            }
        });
        Running<Void> stop = stage.act("stop", providers::stop);
        inDetach.awaitEntered();
        hold.release();
        Running.awaitBlocked(call.thread());
        // Longer than two looks of whoever looks for deadlocks: until it has named the callback as slow.
        stage.expect("NMR301");
        stage.log.awaitAny("NMR301");
        inDetach.release();
        stop.join();
        call.join();
        journal.assertOrder(ENTERED.of("call"), STOP.of("bundle.p"));
    }

    @Test
    public void deadlockH_strayInterrupt_doesNotEndTheDrain_andIsRestored() {
        bind();
        Hold hold = stage.hold("the call");
        Running<Void> call = call(hold, () -> journal.add("call", GOES_ON));
        Running<Boolean> stop = stage.run("stop", () -> {
            providers.stop();
            journal.add("stop", RETURNED);
            return Thread.interrupted();
        });
        stop.awaitWaiting();
        stop.thread().interrupt();
        stop.thread().interrupt();
        stop.awaitWaiting();
        assertEquals(0, journal.count("bundle.p", STOP));
        hold.release();
        call.join();
        assertTrue("restored", stop.join());
        journal.assertOrder(GOES_ON.of("call"), RETURNED.of("stop"));
    }

    @Test
    public void deadlockI_clientParkedInAWaitForAService_isNamedWithItsStack_whenTheTimeoutPasses() {
        stage.expect("NMR202");
        client = stage.client("C");
        stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p");
        provider = stage.provider("P");
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("nmr.detach.timeout", 300);
        stage.plan(providers).publish(provider, properties);
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, "nobody.offers.This", null);
        tracker.open();
        Hold hold = stage.hold("the call");
        Running<Void> call = call(hold, () -> tracker.waitForService(0));
        hold.release();
        call.awaitWaitingForever("org.osgi.util.tracker.ServiceTracker");
        stage.act("stop", providers::stop).join();
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("waitForService") && overdue.contains("thread \"call\", WAITING")
                && overdue.contains("calls in progress 1)"));
        assertFalse(overdue, overdue.contains("without a thread"));
        tracker.close();
        call.join();
    }

    /** The call's wait is longer than it takes to find a deadlock out, but it ends by itself. */
    @Test
    public void deadlockE_lockOfTheStoppingThread_waitedForWithABound_isNone() {
        bind();
        ReentrantLock lock = new ReentrantLock();
        Hold hold = stage.hold("the call");
        Running<Void> call = call(hold, () -> assertFalse(lock.tryLock(2, TimeUnit.SECONDS)));
        Running<Void> stop = stage.act("stop", () -> locked(lock, providers::stop));
        stop.awaitWaiting();
        hold.release();
        call.join();
        stop.join();
        assertEquals(1, stage.log.all("NMR201").size());
        journal.assertOrder(CLEANUP_END.of("P"), STOP.of("bundle.p"));
    }
}
