package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NpiId;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.History;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Frameworks that each test starts, and stops, for itself; these classes and the API come from the system bundle. */
public class FrameworkStopIT {

    @Rule
    public final TemporaryFolder storage = new TemporaryFolder();

    private Framework framework;
    private Bundle registrar;
    private Stage stage;
    private History history;

    private void start(String timeout) throws Exception {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(Constants.FRAMEWORK_STORAGE, storage.getRoot().getPath());
        configuration.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "io.nmr.api;version=\"1.0.0\",io.nmr.itests.kit");
        configuration.put("nmr.detach.timeout", timeout);
        framework = ServiceLoader.load(FrameworkFactory.class).iterator().next().newFramework(configuration);
        framework.start();
        stage = new Stage(framework.getBundleContext());
        history = stage.history;
        registrar = framework.getBundleContext()
                .installBundle(new File(System.getProperty("io.nmr.registrar.jar")).toURI().toString());
        registrar.start();
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        assertEquals(FrameworkEvent.STOPPED, framework.waitForStop(TimeUnit.SECONDS.toMillis(30)).getType());
        stage.clear();
        Await.until("no thread nmr-* is left", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("nmr-")));
    }

    private Running<Void> stopTheFramework() {
        return stage.act("framework", () -> {
            framework.stop();
            framework.waitForStop(0);
        });
    }

    @Test
    public void O4_frameworkStop_drainsModulesOfAllBundlesInParallel_beforeAnyStops() throws Exception {
        start("60000");
        List<TestProvider> providers = new ArrayList<>();
        List<Running<String>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            NpiId npi = new NpiId(new UUID(4, i));
            TestClient client = stage.add(new TestClient(history, "C" + i, npi));
            TestProvider provider = stage.add(new TestProvider(history, "P" + i, npi));
            providers.add(provider);
            stage.publish("bundle.c" + i, client);
            stage.publish("bundle.p" + i, provider);
            calls.add(stage.heldCall(client, provider));
        }
        Running<Void> stop = stopTheFramework();
        for (int i = 0; i < 4; i++) {
            history.awaitEvent("C" + i, "detach.pending");
            history.awaitEvent("P" + i, "detach.end");
        }
        providers.forEach(provider -> assertEquals(0, history.count("bundle." + provider, "stop")));
        for (int i = 3; i >= 0; i--) {
            providers.get(i).echoed.release();
            calls.get(i).join();
        }
        stop.join();
        int lastCleanup = 0;
        int firstStop = Integer.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            for (String side : List.of("P" + i, "C" + i)) {
                lastCleanup = Math.max(lastCleanup, history.time(side, "cleanup.end"));
                firstStop = Math.min(firstStop, history.time("bundle." + side.toLowerCase(), "stop"));
            }
        }
        assertTrue(history.toString(), lastCleanup < firstStop);
        assertTrue(stage.log.only("NMR201").contains("the framework"));
    }

    @Test
    public void O4_frameworkStop_withStuckModulesOfSeveralBundles_isBoundedByOneTimeout() throws Exception {
        start("500");
        stage.expect("NMR202");
        List<TestClient> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            NpiId npi = new NpiId(new UUID(5, i));
            clients.add(stage.add(new TestClient(history, "C" + i, npi)));
            stage.publish("bundle.c" + i, clients.get(i));
            stage.publish("bundle.p" + i, stage.add(new TestProvider(history, "P" + i, npi)));
        }
        clients.forEach(client -> client.bound().closer.gate().enter());
        long begin = System.nanoTime();
        stopTheFramework().join();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(took + " ms", took >= 500 && took < 10_000);
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
        history.awaitEvent("C", "detach.pending");
        stage.act("publish", () -> stage.plan(publisher).publish(stage.provider("late"))).join();
        assertEquals(0, history.count("late", "attach"));
        assertEquals(1, history.count("C", "attach"));
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
        Bundle bundle = stage.install("bundle.p", new Publishing(history, "bundle.p", stage.provider("P")) {
            @Override
            public void stop(BundleContext context) throws Exception {
                publish(late);
                super.stop(context);
            }
        });
        bundle.start();
        stopTheFramework().join();
        assertEquals(1, history.count("C", "attach"));
        assertEquals(0, history.count("late", "attach"));
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
    public void O3_timeoutZero_doesNotWait_butDetaches() throws Exception {
        start("0");
        stage.expect("NMR202");
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        int call = client.bound().closer.gate().enter();
        bundle.stop();
        history.awaitEvent("C", "detach.pending");
        assertEquals(1, stage.log.all("NMR202").size());
        client.bound().closer.gate().exit(call);
        history.awaitEvent("P", "cleanup.end");
    }
}
