package io.nmr.itests;

import static io.nmr.itests.kit.Moment.ATTACH;
import static io.nmr.itests.kit.Moment.ATTACHED;
import static io.nmr.itests.kit.Moment.ATTACH_END;
import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.COMPLETES;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
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
                journal.add("C", COMPLETES);
                bound.handle.detachComplete();
            });
            return NmrStatus.PENDING;
        };
        Running<Void> stop = stage.act("stop", providers::stop);
        last.awaitEntered();
        journal.awaitEvent("C", DETACH_PENDING);
        stop.awaitWaiting();
        last.release();
        stop.join();
        journal.assertOrder(COMPLETES.of("C"), CLEANUP_END.of("C"), STOP.of("bundle.p"));
        journal.assertOrder(COMPLETES.of("C"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
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
        journal.assertOrder(DETACH_PENDING.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
        journal.assertOrder(DETACH_PENDING.of("C"), CLEANUP_END.of("C"), STOP.of("bundle.p"));
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
        journal.awaitEvent("C", DETACH);
        stop.awaitWaiting();
        provider.echoed.release();
        call.join();
        stop.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("C"), STOP.of("bundle.p"));
    }

    @Test
    public void C1_cleanupThrows_theOtherIsCleanedUp_andTheStopGoesOn() throws BundleException {
        stage.expect("NMR401");
        bind();
        provider.inCleanup = bound -> {
            throw new IllegalStateException("no cleanup today");
        };
        providers.stop();
        journal.only("C", CLEANUP_END);
        assertEquals(1, journal.count("bundle.p", STOP));
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
        journal.assertOrder(ATTACH.of("C"), ATTACH_END.of("C"), STOP.of("bundle.p"), RETURNED.of("stop"));
        assertEquals("D8: the provider is not asked any more", 0, journal.count("P", ATTACH));
        assertEquals(0, journal.count("C", DETACH));
    }

    @Test
    public void D8_clientStops_whileTheProvidersAttachCallbackIsUnderWay() {
        client = stage.client("C");
        provider = stage.provider("P");
        Hold attach = stage.hold("P's attach");
        provider.inAttach = bound -> attach.pass();
        stage.publish("bundle.p", provider);
        stopWhileAttaching("bundle.c", client, attach);
        journal.assertOrder(ATTACH_END.of("P"), ATTACHED.of("C"), ATTACH_END.of("C"), DETACH.of("C"),
                CLEANUP_END.of("C"), STOP.of("bundle.c"));
        journal.assertOrder(ATTACH_END.of("C"), DETACH.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.c"));
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
        journal.assertOrder(ATTACHED.of("C"), CALL_END.of("P"), ATTACH_END.of("C"), DETACH.of("C"),
                CLEANUP_END.of("C"), STOP.of("bundle.p"));
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
        journal.assertOrder(ATTACH_END.of("C"), DETACH.of("C"), CLEANUP_END.of("C"), STOP.of("bundle.c"));
        journal.assertOrder(ATTACH_END.of("C"), DETACH.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
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
        assertTrue(journal.toString(),
                journal.all("C", ATTACH_END).get(1).time() < journal.time("unregister", RETURNED));
        assertEquals("DELETE_PENDING: P2 is not asked", 0, journal.count("P2", ATTACH));
        assertEquals(1, journal.count("C", CLEANUP_END));
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
