package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.foreign.ForeignClient;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestModule;
import io.nmr.itests.kit.TestProvider;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleWiring;

/** Many bundles come and go for a while, under load, and nothing of those that are gone is kept: R7, O2, O4. */
public class EndureIT extends RegistrarTest {

    private static final int EACH = 4;
    private static final int TURNS = 60;

    private final List<Bundle> bundles = new ArrayList<>();
    private final List<TestClient> clients = new ArrayList<>();
    private final List<TestProvider> providers = new ArrayList<>();

    private void bindMany() {
        for (int i = 0; i < EACH; i++) {
            TestClient client = stage.client("C" + i);
            TestProvider provider = stage.provider("P" + i);
            clients.add(client);
            providers.add(provider);
            bundles.add(stage.publish("bundle.c" + i, client));
            bundles.add(stage.publish("bundle.p" + i, provider));
        }
    }

    private Running<Void> toggle(List<Bundle> mine, long seed) {
        return stage.run("toggle " + mine, () -> {
            Random random = new Random(seed);
            for (int turn = 0; turn < TURNS; turn++) {
                Bundle bundle = mine.get(random.nextInt(mine.size()));
                bundle.stop();
                bundle.start();
            }
            return null;
        });
    }

    private void endure(List<Running<Void>> toggling) {
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        List<Running<Void>> load = new ArrayList<>();
        for (TestClient client : clients) {
            load.add(stage.run("load of " + client, () -> {
                while (!enough.get()) {
                    int last = client.bounds.size() - 1;
                    if (last >= 0 && client.bounds.get(Math.max(0, last - answered.get() % EACH)).call("x") != null) {
                        answered.incrementAndGet();
                    }
                }
                return null;
            }));
        }
        toggling.forEach(Running::join);
        Await.until("answers", () -> answered.get() > 0);
        enough.set(true);
        load.forEach(Running::join);
        providers.forEach(TestProvider::checkNotTorn);
    }

    private void assertAllBound() {
        for (TestClient client : clients) {
            assertEquals(client + " is bound to each provider once", EACH, client.bounds.stream()
                    .filter(bound -> !bound.closer.gate().isClosed())
                    .map(bound -> bound.provider)
                    .distinct()
                    .count());
            assertEquals(EACH, client.bounds.stream().filter(bound -> !bound.closer.gate().isClosed()).count());
        }
    }

    @Test
    public void O2_bundlesStopAndStartAtTheSameTime_underLoad_noCallSeesATornProvider() {
        bindMany();
        endure(List.of(
                toggle(bundles.subList(0, 3), 1), toggle(bundles.subList(3, 6), 2), toggle(bundles.subList(6, 8), 3)));
        assertAllBound();
    }

    /** While the registrar is stopped nobody drains, so providers stay: only clients come and go beside it. */
    @Test
    public void O4_registrarAndClientsStopAndStartAtTheSameTime_underLoad_allAreBoundInTheEnd() {
        stage.expect("NMR114", "NMR113");
        bindMany();
        List<Bundle> moving = bundles.stream().filter(b -> b.getSymbolicName().startsWith("bundle.c")).toList();
        endure(List.of(
                toggle(List.of(registrarBundle()), 4), toggle(moving.subList(0, 2), 5), toggle(moving.subList(2, 4), 6)));
        assertAllBound();
    }

    private WeakReference<ClassLoader> installLeaver() {
        Bundle leaver = stage.start(stage.install("leaver", null, new BundleJar("leaver", "1.0.0", ForeignClient.class)
                .header("Import-Package", "org.osgi.framework, io.nmr.api")
                .build()));
        return new WeakReference<>(leaver.adapt(BundleWiring.class).getClassLoader());
    }

    private void uninstallLeaver() throws Exception {
        Bundle leaver = context.getBundle("test:leaver");
        leaver.uninstall();
        stage.refresh(leaver);
    }

    private static void awaitCollected(WeakReference<ClassLoader> loader) {
        Await.until("the class loader of the bundle that is gone is collected", () -> {
            System.gc();
            return loader.get() == null;
        });
    }

    @Test
    public void R7_bundleThatIsGone_isNotKept() throws Exception {
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.p", provider);
        WeakReference<ClassLoader> loader = installLeaver();
        journal.only("P", ATTACH_END);
        uninstallLeaver();
        journal.only("P", CLEANUP_END);
        stage.forget("test:leaver");
        awaitCollected(loader);
        assertTrue(provider.bound().handle.toString().contains("leaver"));
    }

    @Test
    public void R7_bundleThatGoesWhileTheRegistrarStarts_isNotKept() throws Exception {
        registrarBundle().stop();
        Hold opening = stage.hold("the registrar's start");
        TestModule slow = stage.client("slow");
        Bundle bundle = stage.publish("bundle.slow");
        stage.plan(bundle).context().registerService(slow.types(), new ServiceFactory<Object>() {
            @Override
            public Object getService(Bundle user, ServiceRegistration<Object> registration) {
                opening.pass();
                return slow;
            }

            @Override
            public void ungetService(Bundle user, ServiceRegistration<Object> registration, Object given) {}
        }, null);
        WeakReference<ClassLoader> loader = installLeaver();
        Running<Void> start = stage.act("start", registrarBundle()::start);
        opening.awaitEntered();
        uninstallLeaver();
        opening.release();
        start.join();
        stage.forget("test:leaver");
        awaitCollected(loader);
    }
}
