package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.HEAR_END;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static io.nmr.itests.kit.Moment.UNGET;
import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Echo;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.PublishingByFactory;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The service that a module is published as: its end, its properties, its scope (O1, R4). */
public class ServiceIT extends RegistrarTest {

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
        journal.awaitEvent("C", DETACH_PENDING);
        unregister.awaitWaiting();
        assertNull("T1: no new call", boundTo(client, leaving).call("y"));
        assertEquals("the other goes on", "P2:y", boundTo(client, staying).call("y"));
        leaving.echoed.release();

        assertEquals("P1:x", call.join());
        unregister.join();
        journal.assertOrder(DETACH.of("P1"), CALL_END.of("P1"), CLEANUP_END.of("P1"), RETURNED.of("unregister"));
        assertEquals(0, journal.count("P2", DETACH));
        assertEquals(0, journal.count("bundle.p", STOP));
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
        assertEquals(1, journal.count("C", ATTACH));
        assertEquals(0, journal.count("C", DETACH));
    }

    private static void paint(ServiceRegistration<?> registration, String colour) {
        registration.setProperties(new Hashtable<>(Map.of("colour", colour)));
    }

    @Test
    public void O1_modifiedServiceProperties_whileCalled_endNoBinding_andTheServiceIsStillDrained() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", provider);
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> tell = stage.heldTell(provider, client);
        paint(stage.plan(providers).registration(provider), "blue");
        paint(stage.plan(clients).registration(client), "red");
        assertEquals(0, journal.count("C", DETACH));
        assertEquals(0, journal.count("P", DETACH));
        Running<Void> unregister =
                stage.act("unregister", () -> stage.plan(providers).registration(provider).unregister());
        unregister.awaitWaiting();
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        client.heard.release();
        assertTrue(tell.join());
        unregister.join();
        journal.assertOrder(HEAR_END.of("C"), CLEANUP_END.of("C"), RETURNED.of("unregister"));
        journal.assertOrder(HEAR_END.of("C"), CLEANUP_END.of("P"), RETURNED.of("unregister"));
    }

    @Test
    public void O1_modifiedServiceProperties_whileAnAttachIsUnderWay_changeNothing() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        Hold attach = stage.hold("the attachment");
        client.inAttach = bound -> attach.pass();
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p");
        Running<Void> publish = stage.act("publish", () -> stage.plan(providers).publish(provider));
        attach.awaitEntered();
        ServiceReference<?> reference = providers.getRegisteredServices()[0];
        paint(stage.plan(clients).registration(client), "red");
        attach.release();
        publish.join();
        paint(stage.plan(providers).registration(provider), "blue");
        assertEquals("blue", reference.getProperty("colour"));
        assertEquals("P:x", client.bound().call("x"));
        journal.only("C", ATTACH);
    }

    @Test
    public void O1_modifiedServiceProperties_whileTheOtherSideGoes_bringNothingBack() {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", provider);
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", clients::stop);
        stop.awaitWaiting();
        paint(stage.plan(providers).registration(provider), "blue");
        paint(stage.plan(clients).registration(client), "red");
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stop.join();
        journal.only("C", ATTACH);
        stage.start(clients);
        assertEquals("P:again", client.call("again"));
        assertEquals(2, client.bounds.size());
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
        TestClient throwing = stage.add(new TestClient(journal, "throwing") {
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
    public void O1_serviceMadeForItsUser_isHeldWhileBound_andGivenBackAfterCleanup() throws Exception {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        Publishing clients = new PublishingByFactory(journal, "bundle.c", client);
        Publishing providers = new PublishingByFactory(journal, "bundle.p", provider);
        stage.start(stage.install("bundle.c", clients));
        stage.start(stage.install("bundle.p", providers));
        assertNotNull("held", users(providers.registration(provider)));

        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        stop.awaitWaiting();
        assertNotNull("held while it detaches", users(providers.registration(provider)));
        provider.echoed.release();
        stop.join();
        call.join();
        Await.until("P is given back", () -> users(providers.registration(provider)) == null);
        Await.until("C is given back", () -> users(clients.registration(client)) == null);
    }

    @Test
    public void O1_serviceThatAllShare_isNobodysUse_whileBoundAndAfter() throws Exception {
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        Bundle clients = stage.publish("bundle.c", client);
        Bundle providers = stage.publish("bundle.p", provider);
        assertNull(users(stage.plan(clients).registration(client)));
        assertNull(users(stage.plan(providers).registration(provider)));
        assertNull("nor is anything left of it", registrarBundle().getServicesInUse());
        assertEquals("P:x", client.call("x"));
        registrarBundle().stop();
        journal.assertOrder(DETACH.of("C"), CLEANUP_END.of("C"));
    }

    @Test
    public void design6_publisherThatUsesItsOwnService_keepsItsUse() throws Exception {
        TestProvider provider = stage.provider("P");
        Bundle providers = stage.publish("bundle.p", provider);
        BundleContext publisher = stage.plan(providers).context();
        ServiceReference<?> reference = stage.plan(providers).registration(provider).getReference();
        assertSame(provider, publisher.getService(reference));
        registrarBundle().stop();
        registrarBundle().start();
        assertArrayEquals(new Bundle[] {providers}, reference.getUsingBundles());
        assertTrue("it was got once", publisher.ungetService(reference));
        TestClient client = stage.client("C");
        stage.publish("bundle.c", client);
        assertEquals("given back by its publisher, it is still published", "P:x", client.call("x"));
    }

    @Test
    public void O1_serviceIsGivenBack_beforeUnregisterReturns() {
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", stage.client("C"));
        Bundle bundle = stage.publish("bundle.p");
        ServiceRegistration<?> registration = stage.plan(bundle).context()
                .registerService(ProviderCharacteristics.class.getName(), factory(provider, new CopyOnWriteArrayList<>()), null);
        registration.unregister();
        journal.only("factory", UNGET);
    }

    @Test
    public void O1_moduleFromAServiceFactory_attaches_andIsGivenBackAfterCleanup() {
        List<Bundle> users = new CopyOnWriteArrayList<>();
        TestClient client = stage.client("C");
        TestProvider provider = stage.provider("P");
        stage.publish("bundle.c", client);
        Bundle bundle = stage.publish("bundle.p");
        ServiceRegistration<?> registration = stage.plan(bundle).context()
                .registerService(ProviderCharacteristics.class.getName(), factory(provider, users), null);
        assertEquals("P:x", client.call("x"));
        assertEquals("by its publisher's context", List.of(bundle), users);
        registration.unregister();
        journal.assertOrder(CLEANUP_END.of("P"), UNGET.of("factory"));
    }

    private ServiceFactory<Object> factory(Object service, List<Bundle> users) {
        return new ServiceFactory<>() {
            @Override
            public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
                users.add(bundle);
                return service;
            }

            @Override
            public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object given) {
                journal.add("factory", UNGET);
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
}
