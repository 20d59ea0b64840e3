package io.nmr.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestModule;
import io.nmr.itests.kit.TestProvider;
import java.util.List;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What a detach callback may do, and attachments under way when a side goes: D, C. */
public class DetachIT extends BoundTest {

    @Test
    public void D5_pendingCompletedOnAnotherThread_stopGoesOnThen() {
        bind();
        Hold last = stage.hold("the completion");
        client.detach = bound -> {
            stage.act("completion", () -> {
                last.pass();
                history.add("C", "completes");
                bound.handle.detachComplete();
            });
            return NmrStatus.PENDING;
        };
        Running<Void> stop = stage.act("stop", providers::stop);
        last.awaitEntered();
        history.awaitEvent("C", "detach.pending");
        stop.awaitWaiting();
        last.release();
        stop.join();
        history.assertOrder("C completes", "C cleanup.end", "bundle.p stop");
        history.assertOrder("C completes", "P cleanup.end", "bundle.p stop");
    }

    @Test
    public void D5_completeBeforePendingReturned_cleansUpOnce() throws BundleException {
        bind();
        client.detach = bound -> {
            bound.handle.detachComplete();
            return NmrStatus.PENDING;
        };
        provider.detach = bound -> {
            stage.run("completion", () -> {
                bound.handle.detachComplete();
                return null;
            }).join();
            return NmrStatus.PENDING;
        };
        providers.stop();
        history.assertOrder("P detach.pending", "P cleanup.end", "bundle.p stop");
        history.assertOrder("C detach.pending", "C cleanup.end", "bundle.p stop");
    }

    @Test
    public void D6_detachCompleteAfterSuccess_isTheCallersError_andChangesNothing() throws BundleException {
        stage.expect("NMR402");
        bind();
        providers.stop();
        try {
            client.bound().handle.detachComplete();
            throw new AssertionError("a second completion was taken");
        } catch (NmrException e) {
            assertEquals(NmrStatus.INVALID_PARAMETER, e.status());
        }
        stage.start(providers);
        assertEquals("P:x", client.call("x"));
    }

    @Test
    public void D9_detachCallbackThrows_isContained_andTheCallInProgressIsWaitedFor() {
        stage.expect("NMR401");
        bind();
        client.inDetach = bound -> {
            throw new IllegalStateException("no detach today");
        };
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        history.awaitEvent("C", "detach");
        stop.awaitWaiting();
        provider.echoed.release();
        call.join();
        stop.join();
        history.assertOrder("P call.end", "C cleanup.end", "bundle.p stop");
    }

    @Test
    public void C1_cleanupThrows_theOtherIsCleanedUp_andTheStopGoesOn() throws BundleException {
        stage.expect("NMR401");
        bind();
        provider.inCleanup = bound -> {
            throw new IllegalStateException("no cleanup today");
        };
        providers.stop();
        history.only("C", "cleanup.end");
        assertEquals(1, history.count("bundle.p", "stop"));
    }

    /** The bundle that goes published its module on another thread, whose attachment is held. */
    private void stopWhileAttaching(String name, TestModule module, Hold attach) {
        Bundle bundle = stage.publish(name);
        Running<Void> publish = stage.act("publish", () -> stage.plan(bundle).publish(module));
        attach.awaitEntered();
        Running<Void> stop = stage.act("stop", bundle::stop);
        stop.awaitWaiting();
        attach.release();
        stop.join();
        publish.join();
    }

    @Test
    public void D8_providerStops_whileTheClientsAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("C's attach");
        client.inAttach = bound -> attach.pass();
        stage.publish("bundle.c", client);
        stopWhileAttaching("bundle.p", provider, attach);
        history.assertOrder("C attach", "C attach.end", "bundle.p stop", "stop returned");
        assertEquals("D8: the provider is not asked any more", 0, history.count("P", "attach"));
        assertEquals(0, history.count("C", "detach"));
    }

    @Test
    public void D8_clientStops_whileTheProvidersAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("P's attach");
        provider.inAttach = bound -> attach.pass();
        stage.publish("bundle.p", provider);
        stopWhileAttaching("bundle.c", client, attach);
        history.assertOrder("P attach.end", "C attached", "C attach.end", "C detach", "C cleanup.end", "bundle.c stop");
        history.assertOrder("C attach.end", "P detach", "P cleanup.end", "bundle.c stop");
    }

    @Test
    public void D8_providerStops_afterItAccepted_whileTheClientsAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("C's attach");
        client.attach = bound -> {
            NmrStatus status = client.attach(bound);
            attach.pass();
            assertEquals("calls begin before attach has returned", "P:x", bound.call("x"));
            return status;
        };
        stage.publish("bundle.c", client);
        stopWhileAttaching("bundle.p", provider, attach);
        history.assertOrder("C attached", "P call.end", "C attach.end", "C detach", "C cleanup.end", "bundle.p stop");
    }

    @Test
    public void D8_bothStop_whileTheProvidersAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("P's attach");
        provider.inAttach = bound -> attach.pass();
        Bundle first = stage.publish("bundle.p", provider);
        Bundle second = stage.publish("bundle.c");
        Running<Void> publish = stage.act("publish", () -> stage.plan(second).publish(client));
        attach.awaitEntered();
        Running<Void> stopP = stage.act("stopP", first::stop);
        Running<Void> stopC = stage.act("stopC", second::stop);
        stopP.awaitWaiting();
        stopC.awaitWaiting();
        attach.release();
        List.of(stopP, stopC, publish).forEach(Running::join);
        history.assertOrder("C attach.end", "C detach", "C cleanup.end", "bundle.c stop");
        history.assertOrder("C attach.end", "P detach", "P cleanup.end", "bundle.p stop");
    }

    @Test
    public void D8_unregister_whileAnAttachIsUnderWay_waits() {
        bind();
        Hold attach = stage.hold("C's attach");
        client.inAttach = bound -> attach.pass();
        Bundle second = stage.publish("bundle.p2");
        Running<Void> publish = stage.act("publish", () -> stage.plan(second).publish(stage.provider("P2")));
        attach.awaitEntered();
        Running<Void> unregister =
                stage.act("unregister", () -> stage.plan(clients).registration(client).unregister());
        unregister.awaitWaiting();
        attach.release();
        List.of(publish, unregister).forEach(Running::join);
        assertTrue(history.toString(),
                history.all("C", "attach.end").get(1).time() < history.time("unregister", "returned"));
        assertEquals("DELETE_PENDING: P2 is not asked", 0, history.count("P2", "attach"));
        assertEquals(1, history.count("C", "cleanup.end"));
    }

    @Test
    public void C6_publishingInsideADetachCallback_attaches() throws BundleException {
        bind();
        TestProvider second = stage.provider("P2");
        Bundle standby = stage.publish("bundle.standby");
        client.inDetach = bound -> {
            if (bound.provider.equals(provider.instance)) {
                stage.plan(standby).publish(second);
            }
        };
        providers.stop();
        assertEquals("P2:x", client.call("x"));
    }
}
