package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderRegistration;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Platform;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.io.FileInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** The registrar's own bundle: its stop and start (O4), and its service with handles (O5). */
public class RegistrarBundleIT extends RegistrarTest {

    private static final Duration LONG = Duration.ofSeconds(60);

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
    public void O4_stopOfRegistrar_waitsForCallsInProgress_thenStartBindsEverybodyAgain() throws BundleException {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Boolean> tell = stage.heldTell(provider, client);
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        history.awaitEvent("C", "detach.pending");
        stop.awaitWaiting();
        assertNull(client.call("more"));
        provider.echoed.release();
        call.join();
        stop.awaitWaiting();
        client.heard.release();
        tell.join();
        stop.join();
        history.assertOrder("P call.end", "C hear.end", "C cleanup.end", "stop returned");
        history.assertOrder("C hear.end", "P cleanup.end", "stop returned");
        assertEquals(Bundle.ACTIVE, clients.getState());
        assertEquals(Bundle.ACTIVE, providers.getState());
        assertEquals(1, stage.log.all("NMR102").size());

        registrarBundle().start();
        assertEquals("P:x", client.call("x"));
        assertEquals(2, client.bounds.size());
        assertTrue(stage.log.only("NMR101").contains("60000 ms"));
    }

    @Test
    public void O4_whileTheRegistrarStops_whatIsPublishedIsNotOffered() throws BundleException {
        stage.expect("NMR114");
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", registrarBundle()::stop);
        stop.awaitWaiting();
        stage.publish("bundle.late", stage.provider("late"));
        assertEquals(0, history.count("late", "attach"));
        provider.echoed.release();
        call.join();
        stop.join();
        registrarBundle().start();
        assertEquals("offered once it runs again", 1, history.count("late", "attach"));
    }

    @Test
    public void O4_moduleBundleStops_whileTheRegistrarStops_bothWait() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> first = stage.act("stop1", registrarBundle()::stop);
        first.awaitWaiting();
        Running<Void> second = stage.act("stop2", providers::stop);
        second.awaitWaiting();
        provider.echoed.release();
        call.join();
        first.join();
        second.join();
        history.assertOrder("P call.end", "P cleanup.end", "bundle.p stop", "stop2 returned");
        history.assertOrder("P call.end", "C cleanup.end", "stop1 returned");
    }

    @Test
    public void O4_withoutRegistrar_bundlesStartAndStop_thenAreBound() throws BundleException {
        registrarBundle().stop();
        bind();
        assertNull(client.call("x"));
        providers.stop();
        providers.start();
        registrarBundle().start();
        assertEquals("P:x", client.call("x"));
        assertEquals(1, client.bounds.size());
    }

    @Test
    public void O4_updateOfRegistrar_drains_thenBindsEverybodyAgain() throws Exception {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> update = stage.act("update", () ->
                registrarBundle().update(new FileInputStream(System.getProperty("io.nmr.registrar.jar"))));
        update.awaitWaiting();
        provider.echoed.release();
        call.join();
        update.join();
        assertEquals("P:x", client.call("x"));
        assertEquals(2, client.bounds.size());
        providers.stop();
        assertEquals("the new one drains", 2, history.count("C", "cleanup.end"));
    }

    @Test
    public void O4_refreshOfRegistrar_drains_thenBindsEverybodyAgain() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(Set.of(registrarBundle()), event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        history.awaitEvent("C", "detach.pending");
        assertEquals(0, history.count("C", "cleanup"));
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        Await.until("the refresh", () -> refreshed.getCount() == 0, history);
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void O4_stoppedRegistrar_leavesNoThread() throws BundleException {
        bind();
        for (int i = 0; i < 10; i++) {
            assertEquals("P:x", client.call("x"));
            registrarBundle().stop();
            Await.until("no thread nmr-* is left", () -> registrarThreads().isEmpty(), registrarThreads());
            registrarBundle().start();
        }
        assertFalse(registrarThreads().isEmpty());
        assertEquals(11, client.bounds.size());
    }

    private static List<String> registrarThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("nmr-"))
                .toList();
    }

    @Test
    public void O4_handlesOfAStoppedRegistrar_answerThatItIsGone() throws BundleException {
        Bundle bundle = stage.publish("bundle.h");
        NetworkModuleRegistrar registrar = registrarOf(bundle);
        ProviderRegistration handle = registrar.registerProvider(stage.provider("P"));
        ClientRegistration other = registrar.registerClient(stage.client("C"));
        registrarBundle().stop();
        history.only("P", "cleanup.end");
        stage.expect("NMR402");
        assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(handle, LONG));
        assertEquals(NmrStatus.SUCCESS, registrar.waitForClientDeregisterComplete(other, Duration.ZERO));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterProvider(handle));
        assertDeletePending(() -> registrar.registerProvider(stage.provider("P2")));
        assertDeletePending(() -> registrar.registerClient(stage.client("C2")));
        registrarBundle().start();
        assertDeletePending(() -> registrar.registerClient(stage.client("C3")));
        assertEquals("foreign to the new one",
                NmrStatus.INVALID_PARAMETER, registrarOf(bundle).deregisterProvider(handle));
    }

    @Test
    public void O5_registerDeregisterWait_withHandles() {
        Bundle bundle = stage.publish("bundle.h");
        NetworkModuleRegistrar registrar = registrarOf(bundle);
        client = stage.client("C");
        provider = stage.provider("P");
        ClientRegistration first = registrar.registerClient(client);
        ProviderRegistration second = registrar.registerProvider(provider);
        Running<String> call = stage.heldCall(client, provider);
        assertEquals(NmrStatus.PENDING, registrar.deregisterProvider(second));
        assertEquals(NmrStatus.TIMEOUT, registrar.waitForProviderDeregisterComplete(second, Duration.ZERO));
        Running<NmrStatus> wait =
                stage.run("wait", () -> registrar.waitForProviderDeregisterComplete(second, LONG));
        wait.awaitWaiting();
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        assertEquals(NmrStatus.SUCCESS, wait.join());
        assertEquals(NmrStatus.SUCCESS, second.deregistration().toCompletableFuture().join());
        stage.expect("NMR402");
        assertEquals("C3: not deregistered before",
                NmrStatus.INVALID_PARAMETER, registrar.waitForClientDeregisterComplete(first, LONG));
        assertEquals(NmrStatus.PENDING, registrar.deregisterClient(first));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterClient(first));
        assertEquals(NmrStatus.SUCCESS, registrar.waitForClientDeregisterComplete(first, LONG));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterClient(null));
    }

    @Test
    public void O5_deregisterWithAHandle_runsTheOwnCallbacksOnTheCallingThread() {
        NetworkModuleRegistrar registrar = registrarOf(stage.publish("bundle.h"));
        ProviderRegistration handle = registrar.registerProvider(stage.provider("P"));
        stage.publish("bundle.c", stage.client("C"));
        registrar.deregisterProvider(handle);
        assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(handle, LONG));
        assertSame(Thread.currentThread(), history.only("P", "detach").thread());
        assertTrue(history.only("C", "detach").thread().getName().startsWith("nmr-callback-"));
    }

    @Test
    public void O5_aHandleOfAnotherBundle_doesNothing() {
        Bundle owner = stage.publish("bundle.owner");
        Bundle thief = stage.publish("bundle.thief");
        provider = stage.provider("P");
        client = stage.client("C");
        ProviderRegistration handle = registrarOf(owner).registerProvider(provider);
        ClientRegistration other = registrarOf(owner).registerClient(client);
        NetworkModuleRegistrar registrar = registrarOf(thief);
        stage.expect("NMR402");
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterProvider(handle));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterClient(other));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.waitForProviderDeregisterComplete(handle, LONG));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.waitForClientDeregisterComplete(other, LONG));
        assertEquals(4, stage.log.all("NMR402").size());
        stage.log.all("NMR402").forEach(line -> assertTrue(line, line.contains("by bundle.thief 1.0.0")));
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void O5_stopDrainsWhatTheBundleRegisteredWithHandles() {
        Bundle bundle = stage.publish("bundle.h");
        provider = stage.provider("P");
        client = stage.client("C");
        ProviderRegistration handle = registrarOf(bundle).registerProvider(provider);
        stage.publish("bundle.c", client);
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", bundle::stop);
        stop.awaitWaiting();
        assertEquals(0, history.count("bundle.h", "stop"));
        provider.echoed.release();
        call.join();
        stop.join();
        history.assertOrder("P call.end", "P cleanup.end", "bundle.h stop");
        assertTrue(handle.deregistration().toCompletableFuture().isDone());
    }

    @Test
    public void O5_serviceGivenBack_whatWasRegisteredStays() {
        Bundle bundle = stage.publish("bundle.h");
        BundleContext its = stage.plan(bundle).context();
        client = stage.client("C");
        registrarOf(bundle).registerClient(client);
        its.ungetService(its.getServiceReference(NetworkModuleRegistrar.class));
        stage.publish("bundle.p", stage.provider("P"));
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void O6_registeredWithHandles_whileTheBundleStops_isRefused() {
        bind();
        NetworkModuleRegistrar registrar = registrarOf(providers);
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        assertDeletePending(() -> registrar.registerProvider(stage.provider("late")));
        provider.echoed.release();
        call.join();
        stop.join();
        assertEquals(0, history.count("late", "attach"));
    }

    @Test
    public void O6_registeredWithHandles_afterTheBundleStopped_isRefused() throws BundleException {
        bind();
        NetworkModuleRegistrar registrar = registrarOf(providers);
        providers.stop();
        TestProvider late = new TestProvider(history, "late");
        try {
            ProviderRegistration taken = registrar.registerProvider(late);
            registrar.deregisterProvider(taken);
            registrar.waitForProviderDeregisterComplete(taken, LONG);
            throw new AssertionError("a module of a bundle that does not run was taken, and offered:\n" + history);
        } catch (NmrException e) {
            assertEquals(NmrStatus.DELETE_PENDING, e.status());
        }
    }

    @Test
    public void O5_deregisteredInsideACallback_doesNotBlock_andAWaitThereIsRefused() {
        NetworkModuleRegistrar registrar = registrarOf(stage.publish("bundle.h"));
        ProviderRegistration handle = registrar.registerProvider(stage.provider("P"));
        client = stage.client("C");
        client.inAttach = bound -> {
            history.add("deregister", registrar.deregisterProvider(handle).toString());
            history.add("wait", registrar.waitForProviderDeregisterComplete(handle, LONG).toString());
        };
        stage.expect("NMR403");
        stage.publish("bundle.c", client);
        history.assertOrder(
                "deregister " + NmrStatus.PENDING, "wait " + NmrStatus.POSSIBLE_DEADLOCK, "C attach.end");
        assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(handle, LONG));
    }

    @Test
    public void R4_illegalRegistrationWithHandles_throws() {
        NetworkModuleRegistrar registrar = registrarOf(stage.publish("bundle.h"));
        client = stage.client("C");
        client.instance = null;
        try {
            registrar.registerClient(client);
            throw new AssertionError("taken");
        } catch (NmrException e) {
            assertEquals(NmrStatus.INVALID_PARAMETER, e.status());
            assertTrue(e.getMessage(), e.getMessage().contains("bundle.h 1.0.0"));
        }
    }

    @Test
    public void layout_theFrameworkIsTheOneThatThisRunIsFor() {
        assertEquals(System.getProperty("itests.framework"), Platform.of(context).name().toLowerCase(Locale.ROOT));
    }

    @Test
    public void layout_theRegistrarImportsNothingOfOsgiButTheFramework() {
        List<String> osgi = imports(registrarBundle())
                .filter(name -> name.startsWith("org.osgi") && !name.equals("org.osgi.service.cm"))
                .toList();
        assertFalse(osgi.isEmpty());
        osgi.forEach(name -> assertTrue(
                name, name.startsWith("org.osgi.framework") || name.equals("org.osgi.util.tracker")));
        assertEquals("and nothing but the API beside it", List.of("io.nmr.api"),
                imports(registrarBundle()).filter(name -> !name.startsWith("org.osgi")
                        && !name.startsWith("java.")).toList());
        assertTrue("Config Admin may be there", registrarBundle().getHeaders().get("Import-Package")
                .contains("org.osgi.service.cm;version=\"[1.6,2)\";resolution:=optional"));
        assertNull("it exports nothing", registrarBundle().getHeaders().get("Export-Package"));
    }

    @Test
    public void layout_theApiImportsNoOsgi() {
        Bundle api = Arrays.stream(context.getBundles())
                .filter(bundle -> "io.nmr.api".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of(), imports(api).filter(name -> name.startsWith("org.osgi")).toList());
        assertTrue(api.getHeaders().get("Export-Package").startsWith("io.nmr.api;"));
    }

    private static Stream<String> imports(Bundle bundle) {
        String header = bundle.getHeaders().get("Import-Package");
        return header == null
                ? Stream.of()
                : Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(",")).map(clause -> clause.split(";")[0].trim());
    }

    private static NetworkModuleRegistrar registrarOf(Bundle bundle) {
        BundleContext context = bundle.getBundleContext();
        NetworkModuleRegistrar registrar =
                context.getService(context.getServiceReference(NetworkModuleRegistrar.class));
        assertNotNull(registrar);
        return registrar;
    }

    private static void assertDeletePending(Supplier<?> registration) {
        try {
            throw new AssertionError("taken: " + registration.get());
        } catch (NmrException e) {
            assertEquals(NmrStatus.DELETE_PENDING, e.status());
        }
    }
}
