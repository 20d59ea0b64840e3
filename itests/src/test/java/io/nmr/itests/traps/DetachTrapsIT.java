package io.nmr.itests.traps;

import static io.nmr.itests.kit.Moment.CALL_END;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.ProviderRegistration;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** Traps on the way out. */
public class DetachTrapsIT extends TrapsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    public void Trap04_completeBeforePendingIsReturned_cleansUpOnce() throws Exception {
        TestClient early = stage.client("C");
        early.detach = bound -> {
            elsewhere(bound.handle::detachComplete);
            return NmrStatus.PENDING;
        };
        bind(early, stage.provider("P"));
        providers.stop();
        journal.only("C", CLEANUP_END);
        journal.only("P", CLEANUP_END);
        journal.assertOrder(DETACH_PENDING.of("C"), CLEANUP_END.of("C"), STOP.of("bundle.p"));
    }

    @Test
    public void Trap05_bothStopAtOnceAndCompleteEarly_cleanUpOnceEach() throws Exception {
        TestClient earlyClient = stage.client("C");
        TestProvider earlyProvider = stage.provider("P");
        earlyClient.detach = bound -> pendingAfter(bound.handle::detachComplete);
        earlyProvider.detach = bound -> pendingAfter(bound.handle::detachComplete);
        bind(earlyClient, earlyProvider);
        for (int round = 1; round <= ROUNDS; round++) {
            together(clients::stop, providers::stop);
            assertEquals(round, journal.count("C", CLEANUP_END));
            assertEquals(round, journal.count("P", CLEANUP_END));
            together(clients::start, providers::start);
            assertEquals(round + 1, client.bounds.size());
        }
    }

    private NmrStatus pendingAfter(Runnable completion) {
        stage.run("completes", () -> {
            completion.run();
            return null;
        });
        return NmrStatus.PENDING;
    }

    /** Another thread gets through with all that a bundle does with the registrar, while a cleanup waits for it. */
    @Test
    public void Trap09_cleanupIsCalledUnderNoLock() throws Exception {
        TestClient cleaning = stage.client("C");
        TestClient another = stage.client("another");
        cleaning.inCleanup = bound -> elsewhere(() -> stage.publish("bundle.another", another).stop());
        bind(cleaning, stage.provider("P"));
        stage.publish("bundle.p2", stage.provider("P2"));
        providers.stop();
        assertEquals("it was bound meanwhile", 1, another.bounds.size());
        journal.assertOrder(CLEANUP_END.of("another"), CLEANUP_END.of("C"), STOP.of("bundle.p"));
    }

    @Test
    public void Trap10_aWaitInsideADetachCallback_isRefusedAtOnce() throws Exception {
        stage.expect("NMR403");
        Bundle bundle = stage.publish("bundle.h");
        NetworkModuleRegistrar registrar = registrarOf(bundle);
        TestProvider waiting = stage.provider("P");
        ProviderRegistration handle = registrar.registerProvider(waiting);
        stage.publish("bundle.c", stage.client("C"));
        waiting.inDetach = bound -> assertEquals(
                NmrStatus.POSSIBLE_DEADLOCK, registrar.waitForProviderDeregisterComplete(handle, LONG));
        bundle.stop();
        journal.assertOrder(DETACH.of("P"), DETACH_END.of("P"), STOP.of("bundle.h"));
    }

    @Test
    public void Trap11_aLongDrain_isNotAborted() {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        stop.awaitWaiting();
        for (int i = 0; i < ROUNDS; i++) {
            stop.thread().interrupt();
            stop.awaitWaiting();
        }
        assertEquals(0, journal.count("bundle.p", STOP));
        provider.echoed.release();
        call.join();
        stop.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
        assertEquals(List.of(), stage.log.all("NMR202"));
    }

    @Test
    public void Trap11_aLongDrain_isBounded() throws Exception {
        stage.expect("NMR202");
        client = stage.client("C");
        provider = stage.provider("P");
        stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p");
        stage.plan(providers).context().registerService(
                ProviderCharacteristics.class, provider, new Hashtable<>(Map.of("nmr.detach.timeout", "100")));
        Running<String> call = stage.heldCall(client, provider);
        stage.act("stop", providers::stop).join();
        assertEquals("nobody has let go of the call", 0, journal.count("P", CALL_END));
        assertEquals(0, journal.count("C", CLEANUP));
        provider.echoed.release();
        call.join();
        journal.awaitEvent("C", CLEANUP_END);
        journal.awaitEvent("P", CLEANUP_END);
    }

    @Test
    public void Trap12_aHandleThatIsNone_isAStatusAndARecord_notAnUnrelatedException() {
        stage.expect("NMR402");
        NetworkModuleRegistrar registrar = registrarOf(stage.publish("bundle.h"));
        ProviderRegistration handle = registrar.registerProvider(stage.provider("P"));
        assertEquals(NmrStatus.PENDING, registrar.deregisterProvider(handle));
        assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(handle, LONG));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterProvider(handle));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterProvider(null));
        assertEquals(NmrStatus.INVALID_PARAMETER, registrar.waitForClientDeregisterComplete(null, LONG));
        assertEquals(3, stage.log.all("NMR402").size());
    }

    /** The third waiter is the stop of the bundle. */
    @Test
    public void Trap13_twoThreadsAndAStopWaitOnOneHandle_allReturn() {
        providers = stage.publish("bundle.p");
        NetworkModuleRegistrar registrar = registrarOf(providers);
        client = stage.client("C");
        provider = stage.provider("P");
        ProviderRegistration handle = registrar.registerProvider(provider);
        stage.publish("bundle.c", client);
        Running<String> call = stage.heldCall(client, provider);
        registrar.deregisterProvider(handle);
        List<Running<NmrStatus>> waits = List.of(wait(registrar, handle), wait(registrar, handle));
        Running<Void> stop = stage.act("stop", providers::stop);
        waits.forEach(Running::awaitWaiting);
        stop.awaitWaiting();
        provider.echoed.release();
        call.join();
        waits.forEach(wait -> assertEquals(NmrStatus.SUCCESS, wait.join()));
        stop.join();
        journal.assertOrder(CALL_END.of("P"), CLEANUP_END.of("P"), STOP.of("bundle.p"));
    }

    private Running<NmrStatus> wait(NetworkModuleRegistrar registrar, ProviderRegistration handle) {
        return stage.run("wait", () -> registrar.waitForProviderDeregisterComplete(handle, LONG));
    }

    @Test
    public void Trap16_aLateCompletion_hitsNoOtherBinding() throws Exception {
        stage.expect("NMR402");
        bind();
        ClientBindingHandle old = client.bound().handle;
        providers.stop();
        providers.start();
        assertEquals(2, client.bounds.size());
        Hold pending = stage.hold("the second call");
        provider.echoed = pending;
        Running<String> call = stage.run("call", () -> client.call("again"));
        pending.awaitEntered();
        Running<Void> stop = stage.act("stop", providers::stop);
        journal.awaitEvent("C", DETACH_PENDING);
        assertThrows(NmrException.class, old::detachComplete);
        stop.awaitWaiting();
        assertEquals(1, journal.count("C", CLEANUP));
        pending.release();
        call.join();
        stop.join();
        assertEquals(2, journal.count("C", CLEANUP_END));
    }

    @Test
    public void Trap18_oneClientThatBlocks_delaysTheNoticeToNobody() {
        Hold slow = stage.hold("the slow client's detach callback");
        for (int i = 0; i < 10; i++) {
            TestClient one = stage.client("C" + i);
            one.inDetach = i == 0 ? bound -> slow.pass() : one.inDetach;
            stage.publish("bundle.c" + i, one);
        }
        provider = stage.provider("P");
        providers = stage.publish("bundle.p", provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        slow.awaitEntered();
        Await.until("all others are told", () -> countDetached() == 9, journal);
        assertFalse(stop.isDone());
        slow.release();
        stop.join();
        assertTrue(journal.toString(), countDetached() == 10);
    }

    private int countDetached() {
        int told = 0;
        for (int i = 0; i < 10; i++) {
            told += journal.count("C" + i, DETACH_END);
        }
        return told;
    }
}
