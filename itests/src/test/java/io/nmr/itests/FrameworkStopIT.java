package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NpiId;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The framework stops (O4, O6), with one deadline (O3). */
public class FrameworkStopIT extends FrameworkTest {

    private static final int HUNDRED = 100;

    @Test
    public void O4_frameworkStop_drainsModulesOfAllBundlesInParallel_beforeAnyStops() throws Exception {
        start("60000");
        List<TestProvider> providers = new ArrayList<>();
        List<Running<String>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            NpiId npi = new NpiId(new UUID(4, i));
            TestClient client = stage.add(new TestClient(journal, "C" + i, npi));
            TestProvider provider = stage.add(new TestProvider(journal, "P" + i, npi));
            providers.add(provider);
            stage.publish("bundle.c" + i, client);
            stage.publish("bundle.p" + i, provider);
            calls.add(stage.heldCall(client, provider));
        }
        Running<Void> stop = stopTheFramework();
        for (int i = 0; i < 4; i++) {
            journal.awaitEvent("C" + i, DETACH_PENDING);
            journal.awaitEvent("P" + i, DETACH_END);
        }
        providers.forEach(provider -> assertEquals(0, journal.count("bundle." + provider, STOP)));
        for (int i = 3; i >= 0; i--) {
            providers.get(i).echoed.release();
            calls.get(i).join();
        }
        stop.join();
        int lastCleanup = 0;
        int firstStop = Integer.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            for (String side : List.of("P" + i, "C" + i)) {
                lastCleanup = Math.max(lastCleanup, journal.time(side, CLEANUP_END));
                firstStop = Math.min(firstStop, journal.time("bundle." + side.toLowerCase(), STOP));
            }
        }
        assertTrue(journal.toString(), lastCleanup < firstStop);
        assertTrue(stage.log.only("NMR201").contains("the framework"));
    }

    /** None of the calls returns before the last of a hundred modules on either side has been told. */
    @Test
    public void O4_frameworkStop_ofAHundredModules_tellsThemAll_beforeItWaitsForAny() throws Exception {
        start("60000");
        Hold calls = stage.hold("a call into each provider", HUNDRED);
        AtomicInteger told = new AtomicInteger();
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < HUNDRED; i++) {
            NpiId npi = new NpiId(new UUID(7, i));
            TestClient client = stage.add(new TestClient(journal, "C" + i, npi));
            TestProvider provider = stage.add(new TestProvider(journal, "P" + i, npi));
            client.inDetach = bound -> releaseWhenAll(told, calls);
            provider.inDetach = bound -> releaseWhenAll(told, calls);
            provider.echoed = calls;
            stage.publish("bundle." + i, provider, client);
            clients.add(client);
        }
        List<Running<String>> running = new ArrayList<>();
        clients.forEach(client -> running.add(stage.run("call of " + client, () -> client.call("x"))));
        calls.awaitEntered();
        stopTheFramework().join();
        running.forEach(Running::join);
        String drained = stage.log.only("NMR201");
        assertTrue(drained, drained.contains("modules 200, bindings 100, calls in progress at its start 100"));
    }

    private static void releaseWhenAll(AtomicInteger told, Hold calls) {
        if (told.incrementAndGet() == 2 * HUNDRED) {
            calls.release();
        }
    }

    @Test
    public void O3_frameworkStop_withACallbackThatBlocks_tellsTheOthers_andGoesOnAtTheTimeout() throws Exception {
        start("500");
        stage.expect("NMR202");
        TestClient slow = stage.client("slow");
        Hold detach = stage.hold("the slow detach");
        slow.inDetach = bound -> detach.pass();
        stage.publish("bundle.slow", slow);
        stage.publish("bundle.c", stage.client("C"));
        stage.publish("bundle.p", stage.provider("P"));
        stopTheFramework().join();
        journal.assertOrder(CLEANUP_END.of("C"), STOP.of("bundle.p"));
        assertEquals("it still runs", 0, journal.count("slow", DETACH_END));
        assertTrue(stage.log.only("NMR202").contains("the framework goes on stopping"));
        detach.release();
        journal.awaitEvent("slow", CLEANUP_END);
    }

    @Test
    public void O4_frameworkStop_withStuckModulesOfSeveralBundles_isBoundedByOneTimeout() throws Exception {
        start("500");
        stage.expect("NMR202");
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            NpiId npi = new NpiId(new UUID(5, i));
            clients.add(stage.add(new TestClient(journal, "C" + i, npi)));
            stage.publish("bundle.c" + i, clients.get(i));
            stage.publish("bundle.p" + i, stage.add(new TestProvider(journal, "P" + i, npi)));
        }
        clients.forEach(client -> client.bound().closer.gate().enter());
        long begin = System.nanoTime();
        stopTheFramework().join();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(took + " ms", took >= 500 && took < 40_000);
        String overdue = stage.log.only("NMR202");
        assertTrue(overdue, overdue.contains("the framework goes on stopping"));
        assertEquals(overdue, 4, overdue.split("owes its completion", -1).length - 1);
        clients.forEach(client -> client.bound().closer.gate().exit(0));
    }

    @Test
    public void O6_publishedAfterTheFrameworkBeganToStop_isNotOffered() throws Exception {
        start("60000");
        stage.expect("NMR114");
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", provider);
        Bundle publisher = stage.publish("bundle.late");
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stopTheFramework();
        journal.awaitEvent("C", DETACH_PENDING);
        stage.act("publish", () -> stage.plan(publisher).publish(stage.provider("late"))).join();
        assertEquals(0, journal.count("late", ATTACH));
        assertEquals(1, journal.count("C", ATTACH));
        provider.echoed.release();
        call.join();
        stop.join();
    }

    @Test
    public void O6_publishedInActivatorsStop_whileTheFrameworkStops_isNotOffered() throws Exception {
        start("60000");
        stage.expect("NMR114");
        stage.publish("bundle.c", stage.client("C"));
        TestProvider late = stage.provider("late");
        Bundle bundle = stage.install("bundle.p", new Publishing(journal, "bundle.p", stage.provider("P")) {
            @Override
            public void stop(BundleContext context) throws Exception {
                publish(late);
                super.stop(context);
            }
        });
        bundle.start();
        stopTheFramework().join();
        assertEquals(1, journal.count("C", ATTACH));
        assertEquals(0, journal.count("late", ATTACH));
    }

    @Test
    public void O4_frameworkStarted_stoppedAndStartedAgain_bindsAgain() throws Exception {
        start("60000");
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        assertEquals("P:x", client.call("x"));
        stopTheFramework().join();
        framework.start();
        assertEquals("P:x", client.call("x"));
        assertEquals(2, client.bounds.size());
    }

    @Test
    public void O3_badTimeouts_areNamed_andTheDefaultIsKept() throws Exception {
        for (String bad : List.of("soon", "-1", "", "1.5", "18446744073709551615")) {
            start(bad);
            stage.expect("NMR103");
            registrar.stop();
            registrar.start();
            String named = stage.log.all("NMR103").isEmpty() ? "none in\n" + stage.log : stage.log.all("NMR103").get(0);
            assertTrue("'" + bad + "': " + named, named.contains("'" + bad + "'") && named.contains("20000 is kept"));
            assertTrue(stage.log.all("NMR101").get(0).contains("20000 ms"));
            stop();
        }
        start("60000");
    }

    @Test
    public void O3_waitWithoutBound_neverKeepsTheFrameworkFromStopping() throws Exception {
        start("100", Map.of("nmr.detach.overdue", "wait"));
        stage.expect("NMR202");
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", stage.provider("P"));
        int call = client.bound().closer.gate().enter();
        Running<Void> stop = stage.act("stop", bundle::stop);
        stage.log.awaitAny("NMR202");
        assertTrue(stage.log.only("NMR202").contains("bundle.p 1.0.0") && !stop.isDone());
        stopTheFramework().join();
        stop.join();
        client.bound().closer.gate().exit(call);
        journal.awaitEvent("P", CLEANUP_END);
    }

    @Test
    public void O3_timeoutZero_doesNotWait_butDetaches() throws Exception {
        start("0");
        stage.expect("NMR202");
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        int call = client.bound().closer.gate().enter();
        bundle.stop();
        journal.awaitEvent("C", DETACH_PENDING);
        assertEquals(1, stage.log.all("NMR202").size());
        client.bound().closer.gate().exit(call);
        journal.awaitEvent("P", CLEANUP_END);
    }
}
