package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.itests.foreign.ForeignClient;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.BundleJar;
import io.nmr.itests.kit.Echo;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestBoth;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Publishing is registering, and the handshake between bundles: O1, R, A. */
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
        assertEquals(1, history.count("C", "hear.end"));
        assertEquals("R1: the provider as it says it is", provider.instance, client.bound().provider);
        assertEquals("A4: the client as it says it is", client.instance, provider.bound().client);
    }

    @Test
    public void O1_registersOnThePublishingThread_beforePublishingReturns() {
        stage.publish("bundle.c", stage.client("C"));
        stage.publish("bundle.p", stage.provider("P"));
        assertSame("design 5: offers run on the registering thread",
                Thread.currentThread(), history.only("C", "attach").thread());
        assertSame(Thread.currentThread(), history.only("P", "attach").thread());
    }

    @Test
    public void O1_unregisterOneModuleOfSeveral_drainsItAlone_andWaitsForItsCall() {
        TestClient client = stage.client("C");
        TestProvider leaving = stage.provider("P1");
        TestProvider staying = stage.provider("P2");
        Bundle bundle = stage.publish("bundle.p", leaving, staying);
        stage.publish("bundle.c", client);
        leaving.echoed = stage.hold("the call into P1");
        Running<String> call = stage.run("call", () -> boundTo(client, leaving).call("x"));
        leaving.echoed.awaitEntered();

        Running<Void> unregister =
                stage.act("unregister", () -> stage.plan(bundle).registration(leaving).unregister());
        history.awaitEvent("C", "detach.pending");
        unregister.awaitWaiting();
        assertNull("T1: no new call", boundTo(client, leaving).call("y"));
        assertEquals("the other goes on", "P2:y", boundTo(client, staying).call("y"));
        leaving.echoed.release();

        assertEquals("P1:x", call.join());
        unregister.join();
        history.assertOrder("P1 detach", "P1 call.end", "P1 cleanup.end", "unregister returned");
        assertEquals(0, history.count("P2", "detach"));
        assertEquals(0, history.count("bundle.p", "stop"));
        assertTrue(stage.log.only("NMR201").contains("modules 1, bindings 1, calls in progress at its start 1"));
    }

    private static TestClient.Bound boundTo(TestClient client, TestProvider provider) {
        return client.bounds.stream().filter(b -> b.provider.equals(provider.instance)).findFirst().orElseThrow();
    }

    @Test
    public void O1_publishedAgainAfterUnregister_attachesAnew() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        stage.plan(bundle).registration(provider).unregister();
        assertNull(client.call("x"));
        stage.plan(bundle).publish(provider);
        assertEquals("P:x", client.call("x"));
        assertEquals(2, client.bounds.size());
    }

    @Test
    public void O1_modifiedServiceProperties_changeNothing() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("colour", "blue");
        stage.plan(bundle).registration(provider).setProperties(properties);
        assertEquals("P:x", client.call("x"));
        assertEquals(1, history.count("C", "attach"));
        assertEquals(0, history.count("C", "detach"));
    }

    @Test
    public void R3_oneServiceUnderBothTypes_isOfferedItself() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        TestBoth both = new TestBoth(client, provider);
        Bundle bundle = stage.publish("bundle.both", both);
        assertEquals("P:x", client.bound().call("x"));
        stage.plan(bundle).registration(both).unregister();
        history.only("C", "cleanup.end");
        history.only("P", "cleanup.end");
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
        history.assertOrder("P call.end", "C cleanup.end", "unregister returned");
    }

    @Test
    public void R4_illegalCharacteristics_areNamedWithBundleAndReason_othersAreServed() {
        stage.expect("NMR111");
        TestClient noNpi = stage.client("noNpi");
        noNpi.instance = RegistrationInstance.of(null, new ModuleId.InterfaceLuid(1), 1, null);
        TestProvider noModule = stage.provider("noModule");
        noModule.instance = RegistrationInstance.of(Echo.ID, null, 1, null);
        TestProvider version1 = stage.provider("version1");
        version1.instance = new RegistrationInstance(1, Echo.ID, new ModuleId.InterfaceLuid(2), 1, null);
        TestClient none = stage.client("none");
        none.instance = null;
        TestClient throwing = stage.add(new TestClient(history, "throwing") {
            @Override
            public RegistrationInstance clientRegistrationInstance() {
                throw new UnsupportedOperationException("not today");
            }
        });
        TestClient client = stage.client("C");
        Bundle bundle = stage.publish("bundle.bad", noNpi, noModule, version1, none, throwing, client);
        stage.publish("bundle.p", stage.provider("P"));

        assertEquals("P:x", client.call("x"));
        List<String> refusals = stage.log.all("NMR111");
        assertEquals(refusals.toString(), 5, refusals.size());
        refusals.forEach(line -> assertTrue(line, line.contains("bundle.bad 1.0.0 [" + bundle.getBundleId() + "]")));
        assertTrue(refusals.get(0), refusals.get(0).contains("an NPI id was expected"));
        assertTrue(refusals.get(1), refusals.get(1).contains("a module id was expected"));
        assertTrue(refusals.get(2), refusals.get(2).contains("version 0 was expected"));
        assertTrue(refusals.get(3), refusals.get(3).contains("its registration instance is null"));
        assertTrue(refusals.get(4), refusals.get(4).contains("not today"));
        assertNull("a refused service is not held", users(stage.plan(bundle).registration(noNpi)));
        stage.plan(bundle).registration(noNpi).unregister();
        assertEquals("P:y", client.call("y"));
    }

    private static Bundle[] users(ServiceRegistration<?> registration) {
        return registration.getReference().getUsingBundles();
    }

    @Test
    public void O1_serviceIsHeldWhileBound_andGivenBackAfterCleanup() throws Exception {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        ServiceReference<?> reference = stage.plan(bundle).registration(provider).getReference();
        assertNotNull("held", reference.getUsingBundles());

        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        stop.awaitWaiting();
        assertNotNull("held while it detaches", reference.getUsingBundles());
        provider.echoed.release();
        stop.join();
        call.join();
        Await.until("P is given back", () -> reference.getUsingBundles() == null);
        Await.until("C is given back", () -> users(stage.plan(clients).registration(client)) == null);
    }

    @Test
    public void O1_serviceIsGivenBack_beforeUnregisterReturns() {
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", stage.client("C"));
        Bundle bundle = stage.publish("bundle.p");
        ServiceRegistration<?> registration = stage.plan(bundle).context()
                .registerService(ProviderCharacteristics.class.getName(), factory(provider), null);
        registration.unregister();
        history.only("factory", "unget");
    }

    @Test
    public void O1_moduleFromAServiceFactory_attaches_andIsGivenBackAfterCleanup() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        ServiceRegistration<?> registration = stage.plan(bundle).context()
                .registerService(ProviderCharacteristics.class.getName(), factory(provider), null);
        assertEquals("P:x", client.call("x"));
        history.only("factory", "get " + bundle.getBundleId());
        registration.unregister();
        history.assertOrder("P cleanup.end", "factory unget");
    }

    private ServiceFactory<Object> factory(Object service) {
        return new ServiceFactory<>() {
            @Override
            public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
                history.add("factory", "get " + bundle.getBundleId());
                return service;
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object given) {
                history.add("factory", "unget");
            }
        };
    }

    @Test
    public void O1_serviceThatCannotBeGot_isNamed_othersAreServed() {
        stage.expect("NMR113");
        Bundle bundle = stage.publish("bundle.f");
        ServiceFactory<Object> failing = new ServiceFactory<>() {
            @Override
            public Object getService(Bundle user, ServiceRegistration<Object> registration) {
                throw new IllegalStateException("no service today");
            }

            @Override
            public void ungetService(Bundle user, ServiceRegistration<Object> registration, Object given) {}
        };
        stage.plan(bundle).context().registerService(ClientCharacteristics.class.getName(), failing, null);
        assertTrue(stage.log.only("NMR113").contains("bundle.f 1.0.0"));
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void O1_moduleOfALazilyActivatedBundle_attachesWhenItIsActivated() throws Exception {
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        Publishing plan = new Publishing(history, "lazy", stage.provider("P"));
        Bundle lazy = stage.install("lazy", plan,
                Stage.module("lazy", "1.0.0", plan).header("Bundle-ActivationPolicy", "lazy").build());
        lazy.start(Bundle.START_ACTIVATION_POLICY);
        assertEquals(Bundle.STARTING, lazy.getState());
        assertNull(client.call("x"));
        lazy.loadClass("io.nmr.itests.module.ModuleActivator");
        assertEquals(Bundle.ACTIVE, lazy.getState());
        assertEquals("P:x", client.call("x"));
        lazy.stop();
        history.assertOrder("P cleanup.end", "lazy stop");
    }

    @Test
    public void O1_publishedInALazyBundleThatIsNotActivated_activatesIt_andAttaches() throws Exception {
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        TestProvider provider = stage.provider("P");
        Publishing plan = new Publishing(history, "lazy");
        Bundle lazy = stage.install("lazy", plan,
                Stage.module("lazy", "1.0.0", plan).header("Bundle-ActivationPolicy", "lazy").build());
        lazy.start(Bundle.START_ACTIVATION_POLICY);
        BundleContext early = lazy.getBundleContext();
        early.registerService(ProviderCharacteristics.class, provider, null);
        assertEquals("P:x", client.call("x"));
        lazy.stop();
        assertNull(client.call("x"));
        history.only("P", "cleanup.end");
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
    public void A2_clientRefuses_noBinding_noDetach_noCleanup() throws Exception {
        TestClient client = stage.client("C");
        client.attach = bound -> NmrStatus.NOINTERFACE;
        Bundle bundle = stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        history.only("C", "attach.end");
        assertEquals(0, history.count("P", "attach"));
        bundle.stop();
        assertEquals(0, history.count("C", "detach") + history.count("C", "cleanup"));
    }

    @Test
    public void A5_providerRefuses_clientGetsItsStatus_noCleanup() throws Exception {
        NmrStatus why = new NmrStatus(0xC0001234);
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        provider.attach = bound -> new AttachResult.Refused(why);
        List<NmrStatus> answers = new ArrayList<>();
        client.attach = bound -> {
            answers.add(client.attach(bound, bound).status());
            return answers.get(0);
        };
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        assertEquals(List.of(why), answers);
        bundle.stop();
        assertEquals(0, history.count("C", "detach") + history.count("C", "cleanup"));
        assertEquals(0, history.count("P", "detach") + history.count("P", "cleanup"));
    }

    @Test
    public void A6_refusedWithOneDispatch_retriesWithAnother() throws Exception {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        provider.attach = bound -> bound.dispatch.equals("version 2")
                ? new AttachResult.Refused(NmrStatus.NOINTERFACE)
                : provider.accept(bound);
        client.attach = bound -> {
            AttachResult first = client.attach(bound, "version 2");
            assertEquals(new AttachResult.Refused(NmrStatus.NOINTERFACE), first);
            return client.attach(bound, "version 1").status();
        };
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p", provider);
        assertEquals("P:x", client.call("x"));
        assertEquals("version 1", provider.bound().dispatch);
        bundle.stop();
        history.only("C", "cleanup.end");
        history.only("P", "cleanup.end");
    }

    @Test
    public void A11_clientFailsAfterTheProviderAccepted_bothAreDetached_andTheLogSaysWho() {
        stage.expect("NMR402");
        TestClient client = stage.client("C");
        client.attach = bound -> {
            client.attach(bound);
            return NmrStatus.INSUFFICIENT_RESOURCES;
        };
        stage.publish("bundle.c", client);
        stage.publish("bundle.p", stage.provider("P"));
        history.awaitEvent("C", "cleanup.end");
        history.awaitEvent("P", "cleanup.end");
        history.assertOrder("C detach", "C cleanup.end");
        String blamed = stage.log.only("NMR402");
        assertTrue(blamed, blamed.contains("A11") && blamed.contains("of bundle.c 1.0.0"));
    }

    @Test
    public void A11_clientThrowsFromAttach_startOfItsBundleSucceeds_othersAreServed() {
        stage.expect("NMR401");
        TestClient bad = stage.client("bad");
        bad.inAttach = bound -> {
            throw new IllegalStateException("not me");
        };
        TestClient client = stage.client("C");
        stage.publish("bundle.p", stage.provider("P"));
        Bundle bundle = stage.publish("bundle.c", bad, client);
        assertEquals(Bundle.ACTIVE, bundle.getState());
        assertEquals("P:x", client.call("x"));
        String blamed = stage.log.only("NMR401");
        assertTrue(blamed, blamed.contains("not me") && blamed.contains("of bundle.c 1.0.0"));
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
            Bundle first = stage.install("bundle.c" + i, new Publishing(history, "bundle.c" + i, client));
            Bundle second = stage.install("bundle.p" + i, new Publishing(history, "bundle.p" + i, provider));
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
            assertEquals(client + " in\n" + history, each, client.bounds.size());
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
            Bundle first = stage.install("bundle.c" + i, new Publishing(history, "bundle.c" + i, client));
            Bundle second = stage.install(
                    "bundle.p" + i, new Publishing(history, "bundle.p" + i, stage.provider("P" + i)));
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
            Await.until(client + " is bound to all", () -> client.bounds.size() == each, history);
            assertEquals(each, client.bounds.stream().map(b -> b.provider).distinct().count());
        }
    }
}
