package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.ProviderCharacteristics;
import io.nmr.itests.foreign.ForeignClient;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestBoth;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Publishing is registering: O1, R. */
public class AttachIT extends RegistrarTest {

    @Test
    public void O1_providerPublishedAfterClient_attaches() {
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        assertNull("nobody to call yet", client.call("x"));
        stage.publish("bundle.p", stage.provider("P"));
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void O1_clientPublishedAfterProvider_attaches() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.p", provider);
        stage.publish("bundle.c", client);
        assertEquals("P:x", client.call("x"));
        assertTrue(provider.bound().tell("y"));
        assertEquals(1, journal.count("C", HEAR_END));
        assertEquals("R1: the provider as it says it is", provider.instance, client.bound().provider);
        assertEquals("A4: the client as it says it is", client.instance, provider.bound().client);
    }

    @Test
    public void O1_registersOnThePublishingThread_beforePublishingReturns() {
        stage.publish("bundle.c", stage.client("C"));
        stage.publish("bundle.p", stage.provider("P"));
        assertSame("offers run on the registering thread (ADR 1)",
                Thread.currentThread(), journal.only("C", ATTACH).thread());
        assertSame(Thread.currentThread(), journal.only("P", ATTACH).thread());
    }

    @Test
    public void O1_moduleOfALazilyActivatedBundle_attachesWhenItIsActivated() throws Exception {
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        Publishing plan = new Publishing(journal, "lazy", stage.provider("P"));
        Bundle lazy = stage.install("lazy", plan,
                Stage.module("lazy", "1.0.0", plan).header("Bundle-ActivationPolicy", "lazy").build());
        lazy.start(Bundle.START_ACTIVATION_POLICY);
        assertEquals(Bundle.STARTING, lazy.getState());
        assertNull(client.call("x"));
        lazy.loadClass("io.nmr.itests.module.ModuleActivator");
        assertEquals(Bundle.ACTIVE, lazy.getState());
        assertEquals("P:x", client.call("x"));
        lazy.stop();
        journal.assertOrder(CLEANUP_END.of("P"), STOP.of("lazy"));
    }

    @Test
    public void O1_publishedInALazyBundleThatIsNotActivated_activatesIt_andAttaches() throws Exception {
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        TestProvider provider = stage.provider("P");
        Publishing plan = new Publishing(journal, "lazy");
        Bundle lazy = stage.install("lazy", plan,
                Stage.module("lazy", "1.0.0", plan).header("Bundle-ActivationPolicy", "lazy").build());
        lazy.start(Bundle.START_ACTIVATION_POLICY);
        BundleContext early = lazy.getBundleContext();
        early.registerService(ProviderCharacteristics.class, provider, null);
        assertEquals("P:x", client.call("x"));
        lazy.stop();
        assertNull(client.call("x"));
        journal.only("P", CLEANUP_END);
    }

    @Test
    public void R3_oneServiceUnderBothTypes_isOfferedItself() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        TestBoth both = new TestBoth(client, provider);
        Bundle bundle = stage.publish("bundle.both", both);
        assertEquals("P:x", client.bound().call("x"));
        stage.plan(bundle).registration(both).unregister();
        journal.only("C", CLEANUP_END);
        journal.only("P", CLEANUP_END);
    }

    @Test
    public void R3_oneServiceUnderBothTypes_unregisterDrainsBothAndWaits() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        TestBoth both = new TestBoth(client, provider);
        Bundle bundle = stage.publish("bundle.both", both);
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> unregister = stage.act("unregister", () -> stage.plan(bundle).registration(both).unregister());
        unregister.awaitWaiting();
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        unregister.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("C"), RETURNED.of("unregister"));
    }

    @Test
    public void design6_moduleOfAnotherClassSpace_isNamedWithBothExporters() {
        stage.expect("NMR112");
        Bundle foreign = stage.install("foreign", null, new BundleJar("foreign", "1.0.0", ForeignClient.class)
                .header("Import-Package", "org.osgi.framework")
                .addAll(System.getProperty("io.nmr.api.jar"))
                .build());
        stage.start(foreign);
        String named = stage.log.only("NMR112");
        assertTrue(named, named.contains("uses io.nmr.api of foreign 1.0.0 [" + foreign.getBundleId() + "]"));
        assertTrue(named, named.contains("that of io.nmr.api "));
        assertNull("not held", foreign.getRegisteredServices()[0].getUsingBundles());
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void R6_clientsAndProvidersPublishedAtTheSameTime_eachPairIsOfferedOnce() {
        int each = 8;
        List<TestClient> clients = new ArrayList<>();
        List<TestProvider> providers = new ArrayList<>();
        List<Running<?>> starts = new ArrayList<>();
        Hold together = stage.hold("the start", 2 * each);
        for (int i = 0; i < each; i++) {
            TestClient client = stage.client("C" + i);
            TestProvider provider = stage.provider("P" + i);
            clients.add(client);
            providers.add(provider);
            Bundle first = stage.install("bundle.c" + i, new Publishing(journal, "bundle.c" + i, client));
            Bundle second = stage.install("bundle.p" + i, new Publishing(journal, "bundle.p" + i, provider));
            for (Bundle bundle : List.of(first, second)) {
                starts.add(stage.act("start " + bundle.getSymbolicName(), () -> {
                    together.pass();
                    bundle.start();
                }));
            }
        }
        together.awaitEntered();
        together.release();
        starts.forEach(Running::join);
        AtomicInteger pairs = new AtomicInteger();
        for (TestClient client : clients) {
            assertEquals(client + " in\n" + journal, each, client.bounds.size());
            assertEquals(each, client.bounds.stream().map(b -> b.provider).distinct().count());
            client.bounds.forEach(bound -> pairs.addAndGet(bound.call("x").isEmpty() ? 0 : 1));
        }
        assertEquals(each * each, pairs.get());
    }

    @Test
    public void R6_publishingWhileTheRegistrarStarts_eachPairIsOfferedOnce() throws Exception {
        registrarBundle().stop();
        int each = 6;
        List<TestClient> clients = new ArrayList<>();
        List<Running<?>> starts = new ArrayList<>();
        Hold together = stage.hold("the start", 2 * each + 1);
        for (int i = 0; i < each; i++) {
            TestClient client = stage.client("C" + i);
            clients.add(client);
            Bundle first = stage.install("bundle.c" + i, new Publishing(journal, "bundle.c" + i, client));
            Bundle second = stage.install(
                    "bundle.p" + i, new Publishing(journal, "bundle.p" + i, stage.provider("P" + i)));
            for (Bundle bundle : List.of(first, second)) {
                starts.add(stage.act("start " + bundle.getSymbolicName(), () -> {
                    together.pass();
                    bundle.start();
                }));
            }
        }
        starts.add(stage.act("start of the registrar", () -> {
            together.pass();
            registrarBundle().start();
        }));
        together.awaitEntered();
        together.release();
        starts.forEach(Running::join);
        for (TestClient client : clients) {
            Await.until(client + " is bound to all", () -> client.bounds.size() == each, journal);
            assertEquals(each, client.bounds.stream().map(b -> b.provider).distinct().count());
        }
    }
}
