package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.tck.History.What;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** D1 to D4, D7, D10, D11: the detach of bindings that are attached. */
final class DetachRulesTest extends ConformanceTest {

    private TestClient client;
    private TestProvider provider;

    private void attach() {
        client = bench.client("c");
        provider = bench.provider("p");
        bench.attach(provider, client);
    }

    private void awaitPending(TestModule module) {
        history.await("PENDING of " + module, () -> history.count(What.DETACH_END, module) > 0);
    }

    @Test
    void D1_deregisteringEndsEachBinding_andTheModuleIsOfferedToNobody() {
        client = bench.client("c");
        TestProvider[] providers = {bench.provider("p1"), bench.provider("p2")};
        bench.registerAll(providers);
        bench.register(client);
        client.pend();
        bench.deregister(client);
        history.await("both bindings detach", () -> history.count(What.DETACH_END, client) == 2);
        TestProvider late = bench.register(bench.provider("late"));
        assertEquals(List.of(), late.links());
        client.links().forEach(Link::complete);
        bench.awaitComplete(client);
        assertEquals(2, history.count(What.CLEANUP, client));
    }

    @Test
    void D1_aProviderThatDeregisters_isOfferedToNobody() {
        attach();
        provider.pend();
        bench.deregister(provider);
        awaitPending(provider);
        assertEquals(List.of(), bench.register(bench.client("late")).links());
        provider.link().complete();
        bench.awaitComplete(provider);
        assertEquals(List.of(), bench.register(bench.client("later")).links());
    }

    @Test
    void D1_aClientIsToldOnce_beforeItsDetaches_andNotWhenItsProviderGoes() {
        attach();
        TestProvider stays = bench.register(bench.provider("stays"));
        bench.deregisterAndAwait(provider);
        assertEquals(0, history.count(What.LEAVING, client));
        bench.deregisterAndAwait(client);
        history.only(What.LEAVING, client);
        assertTrue(history.only(What.LEAVING, client).time() < history.only(What.DETACH, stays).time());
        assertTrue(history.only(What.LEAVING, client).time() < history.all(What.DETACH, client).get(1).time());
    }

    @Test
    void D1_theDeregistrationIsNotComplete_beforeTheClientWasTold() {
        client = bench.register(bench.client("c"));
        CountDownLatch goOn = new CountDownLatch(1);
        client.onLeaving = () -> bench.await(goOn);
        bench.crew.run(() -> bench.deregister(client));
        history.await(What.LEAVING, client);
        assertFalse(bench.isComplete(client));
        goOn.countDown();
        bench.crew.join();
        bench.awaitComplete(client);
    }

    @Test
    void D2_bothDetachCallbacksOnce_theDeregisteringSidesFirst() {
        for (boolean providerGoes : new boolean[] {true, false}) {
            attach();
            TestModule goes = providerGoes ? provider : client;
            TestModule stays = providerGoes ? client : provider;
            bench.deregisterAndAwait(goes);
            assertTrue(history.only(What.DETACH, goes).time() < history.only(What.DETACH, stays).time());
            bench.deregisterAndAwait(stays);
        }
    }

    @Test
    void D2_oneSideThatPends_delaysTheNoticeToNobody() {
        TestClient slow = bench.client("slow");
        TestClient quick = bench.client("quick");
        provider = bench.provider("p");
        bench.registerAll(slow, quick, provider);
        slow.pend();
        provider.onDetach = link -> link.peerContext == slow.link() ? NmrStatus.PENDING : link.close();
        bench.deregister(provider);
        history.await("all four are told, and the quick one is clean", () -> history.count(What.DETACH, provider) == 2
                && history.count(What.DETACH, slow) == 1 && history.count(What.CLEANUP_END, quick) == 1);
        slow.link().complete();
        provider.links().get(0).complete();
        bench.awaitComplete(provider);
    }

    /** The module's own promise: what it has for keeping it is a gate that its detach callback closes. */
    @Test
    void D3_onceDetached_aSideThatAsksItsGate_startsNoNewCall() {
        attach();
        int token = client.link().enter();
        bench.deregister(provider);
        awaitPending(client);
        assertEquals(CallGate.REFUSED, client.link().gate.gate().enter());
        client.link().exit(token);
        assertEquals(CallGate.REFUSED, client.link().gate.gate().enter());
    }

    @Test
    void D4_successWhereNothingIsInProgress_completesTheDetach() {
        attach();
        bench.deregisterAndAwait(provider);
        assertEquals(NmrStatus.SUCCESS, history.only(What.DETACH_END, client).outcome());
        assertEquals(0, history.count(What.COMPLETE, client));
        history.only(What.CLEANUP, client);
    }

    @Test
    void D4_pendingWhereACallIsInProgress_keepsTheBinding() {
        attach();
        int token = client.link().enter();
        bench.deregister(provider);
        awaitPending(client);
        awaitPending(provider);
        assertEquals(NmrStatus.PENDING, history.only(What.DETACH_END, client).outcome());
        assertFalse(bench.isComplete(provider));
        client.link().exit(token);
        bench.awaitComplete(provider);
    }

    @Test
    void D7_aCallThatCompletesAsynchronously_isInProgressUntilThen() {
        attach();
        CallGate gate = client.link().gate.gate();
        CompletableFuture<String> answer = new CompletableFuture<>();
        assertTrue(CallChain.enterAsync(gate));
        int token = CallChain.leave(gate);
        answer.thenRun(() -> gate.exit(token));
        bench.deregister(provider);
        awaitPending(client);
        assertEquals(NmrStatus.PENDING, history.only(What.DETACH_END, client).outcome());
        assertEquals(0, history.count(What.CLEANUP, provider));
        answer.complete("answered");
        bench.awaitComplete(provider);
    }

    @Test
    void D10_deregisterAndDetachComplete_returnWhileTheOtherSidePends() {
        attach();
        client.pend();
        provider.pend();
        bench.crew.elsewhere(() -> {
            bench.deregister(provider);
            return null;
        });
        awaitPending(client);
        awaitPending(provider);
        bench.crew.elsewhere(() -> {
            provider.link().complete();
            return null;
        });
        assertFalse(bench.isComplete(provider));
        client.link().complete();
        bench.awaitComplete(provider);
    }

    @Test
    void D11_pendingBecauseTheOtherHoldsItsObject_untilThatIsReleased() {
        attach();
        CallGate objects = provider.link().gate.gate();
        int socket = objects.enter();
        bench.deregister(provider);
        awaitPending(provider);
        assertEquals(NmrStatus.PENDING, history.only(What.DETACH_END, provider).outcome());
        objects.exit(objects.enterWithin(socket));
        assertFalse(bench.isComplete(provider));
        assertEquals(0, history.count(What.CLEANUP, client));
        objects.exit(socket);
        bench.awaitComplete(provider);
    }
}
