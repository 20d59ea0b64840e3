package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.nmr.api.AttachResult;
import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderRegistration;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestProvider;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The registrar as a service, with handles (O5). */
public class HandlesIT extends BoundTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    public void O4_handlesOfAStoppedRegistrar_answerThatItIsGone() throws BundleException {
        Bundle bundle = stage.publish("bundle.h");
        NetworkModuleRegistrar registrar = registrarOf(bundle);
        ProviderRegistration handle = registrar.registerProvider(stage.provider("P"));
        ClientRegistration other = registrar.registerClient(stage.client("C"));
        registrarBundle().stop();
        journal.only("P", CLEANUP_END);
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
        assertSame(Thread.currentThread(), journal.only("P", DETACH).thread());
        assertTrue(journal.only("C", DETACH).thread().getName().startsWith("nmr-callback-"));
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
    public void O5_aHandleOfAnotherBundle_isOfNoUseAfterItHasCompletedEither() {
        NetworkModuleRegistrar owner = registrarOf(stage.publish("bundle.owner"));
        NetworkModuleRegistrar thief = registrarOf(stage.publish("bundle.thief"));
        ProviderRegistration handle = owner.registerProvider(stage.provider("P"));
        owner.deregisterProvider(handle);
        assertEquals(NmrStatus.SUCCESS, owner.waitForProviderDeregisterComplete(handle, LONG));
        stage.expect("NMR402");
        assertEquals(NmrStatus.INVALID_PARAMETER, thief.waitForProviderDeregisterComplete(handle, LONG));
        assertEquals(NmrStatus.INVALID_PARAMETER, thief.deregisterProvider(handle));
        assertEquals(2, stage.log.all("NMR402").size());
        assertEquals("the owner's still is", NmrStatus.SUCCESS, owner.waitForProviderDeregisterComplete(handle, LONG));
    }

    @Test
    public void D6_eachSideHasAHandleOfItsOwn_andOneThatLeaked_changesNothingOfABindingThatIsAttached() {
        bind();
        stage.expect("NMR402");
        ClientBindingHandle ofClient = client.bound().handle;
        ProviderBindingHandle ofProvider = provider.bound().handle;
        assertFalse("none is both", ofClient instanceof ProviderBindingHandle);
        assertFalse("none is both", ofProvider instanceof ClientBindingHandle);
        assertTrue("A10", ofClient.attach("context", "dispatch") instanceof AttachResult.Refused);
        for (BindingHandle leaked : List.of(ofClient, ofProvider)) {
            assertRefused(() -> leaked.announce(CallGate.open()));
            assertRefused(leaked::detachComplete);
        }
        assertEquals("P:x", client.call("x"));
    }

    private static void assertRefused(Runnable misuse) {
        try {
            misuse.run();
            throw new AssertionError("taken");
        } catch (NmrException e) {
            assertEquals(NmrStatus.INVALID_PARAMETER, e.status());
        }
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
        assertEquals(0, journal.count("bundle.h", STOP));
        provider.echoed.release();
        call.join();
        stop.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.h"));
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
        assertEquals(0, journal.count("late", ATTACH));
    }

    @Test
    public void O6_registeredWithHandles_afterTheBundleStopped_isRefused() throws BundleException {
        bind();
        NetworkModuleRegistrar registrar = registrarOf(providers);
        providers.stop();
        TestProvider late = new TestProvider(journal, "late");
        try {
            ProviderRegistration taken = registrar.registerProvider(late);
            registrar.deregisterProvider(taken);
            registrar.waitForProviderDeregisterComplete(taken, LONG);
            throw new AssertionError("a module of a bundle that does not run was taken, and offered:\n" + journal);
        } catch (NmrException e) {
            assertEquals(NmrStatus.DELETE_PENDING, e.status());
        }
    }

    @Test
    public void O6_registeredWithHandles_afterTheBundleIsUninstalled_isRefused() throws BundleException {
        bind();
        NetworkModuleRegistrar registrar = registrarOf(providers);
        providers.uninstall();
        assertDeletePending(() -> registrar.registerProvider(new TestProvider(journal, "late")));
        assertEquals(0, journal.count("late", ATTACH));
    }

    @Test
    public void O5_deregisteredInsideACallback_doesNotBlock_andAWaitThereIsRefused() {
        NetworkModuleRegistrar registrar = registrarOf(stage.publish("bundle.h"));
        ProviderRegistration handle = registrar.registerProvider(stage.provider("P"));
        client = stage.client("C");
        client.inAttach = bound -> {
            assertEquals(NmrStatus.PENDING, registrar.deregisterProvider(handle));
            assertEquals(NmrStatus.POSSIBLE_DEADLOCK, registrar.waitForProviderDeregisterComplete(handle, LONG));
        };
        stage.expect("NMR403");
        stage.publish("bundle.c", client);
        journal.only("C", ATTACH_END);
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

    private static void assertDeletePending(Supplier<?> registration) {
        try {
            throw new AssertionError("taken: " + registration.get());
        } catch (NmrException e) {
            assertEquals(NmrStatus.DELETE_PENDING, e.status());
        }
    }
}
