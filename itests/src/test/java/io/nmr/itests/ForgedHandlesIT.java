package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;

import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderRegistration;
import io.nmr.itests.kit.Running;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.Test;

/** Handles, registrations and gates that others got hold of, or made themselves: D6, A10, O5, T2. */
public class ForgedHandlesIT extends BoundTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** A registration that no registrar has given. */
    private record Forged() implements ClientRegistration, ProviderRegistration {

        @Override
        public CompletionStage<NmrStatus> deregistration() {
            return CompletableFuture.completedStage(NmrStatus.SUCCESS);
        }
    }

    @Test
    public void O5_aForgedRegistration_isNone() {
        stage.expect("NMR402");
        NetworkModuleRegistrar registrar = registrarOf(stage.publish("bundle.thief"));
        bind();
        Forged forged = new Forged();
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterClient(forged));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterProvider(forged));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.waitForClientDeregisterComplete(forged, LONG));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.waitForProviderDeregisterComplete(forged, LONG));
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void O5_theStageOfALeakedRegistration_completedByAnother_completesNothing() {
        NetworkModuleRegistrar registrar = registrarOf(stage.publish("bundle.owner"));
        client = stage.client("C");
        provider = stage.provider("P");
        ProviderRegistration leaked = registrar.registerProvider(provider);
        stage.publish("bundle.c", client);
        leaked.deregistration().toCompletableFuture().complete(NmrStatus.SUCCESS);
        assertEquals("P:x", client.call("x"));
        Running<String> call = stage.heldCall(client, provider);
        registrar.deregisterProvider(leaked);
        assertEquals(NmrStatus.TIMEOUT, registrar.waitForProviderDeregisterComplete(leaked, Duration.ZERO));
        leaked.deregistration().toCompletableFuture().complete(NmrStatus.SUCCESS);
        assertEquals(NmrStatus.TIMEOUT, registrar.waitForProviderDeregisterComplete(leaked, Duration.ZERO));
        assertFalse(leaked.deregistration().toCompletableFuture().isDone());
        provider.echoed.release();
        call.join();
        assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(leaked, LONG));
    }

    @Test
    public void D6_aLeakedHandle_whileNothingDetaches_doesNothing() {
        stage.expect("NMR402");
        bind();
        ClientBindingHandle ofClient = client.bound().handle;
        ProviderBindingHandle ofProvider = provider.bound().handle;
        stage.act("thief", () -> {
            assertThrows(NmrException.class, ofClient::detachComplete);
            assertThrows(NmrException.class, ofProvider::detachComplete);
            assertThrows(NmrException.class, () -> ofClient.announce(CallGate.open()));
            assertThrows(NmrException.class, () -> ofProvider.announce(CallGate.open()));
            assertEquals(NmrStatus.INVALID_PARAMETER, ofClient.attach("thief", null).status());
        }).join();
        assertEquals("P:x", client.call("x"));
        assertEquals(1, provider.bounds.size());
    }

    /** The provider, whose own side has completed, cannot complete the client's with its own handle. */
    @Test
    public void D6_oneSidesHandle_doesNotCompleteTheOthers() {
        stage.expect("NMR402");
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        journal.awaitEvent("C", DETACH_PENDING);
        journal.awaitEvent("P", DETACH_END);
        assertThrows(NmrException.class, provider.bound().handle::detachComplete);
        stop.awaitWaiting();
        assertEquals(0, journal.count("C", CLEANUP));
        assertEquals(0, journal.count("P", CLEANUP));
        provider.echoed.release();
        call.join();
        stop.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("C"), STOP.of("bundle.p"));
    }

    /** A gate that enters is no gate that closes: nobody else ends the calls of its owner, or the owner's use of it. */
    @Test
    public void T2_aLeakedGate_closesNothing_andEndsNoCallThatIsNotThere() {
        bind();
        CallGate leaked = client.bound().closer.gate();
        assertThrows(IllegalStateException.class, () -> leaked.exit(0));
        assertThrows(IllegalArgumentException.class, () -> leaked.exit(CallGate.REFUSED));
        assertThrows(IllegalStateException.class, () -> leaked.enterWithin(0));
        assertFalse(leaked.isClosed());
        assertEquals(0, leaked.inProgress());
        assertEquals("P:x", client.call("x"));
    }
}
