package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.tck.History.What;
import java.util.List;
import org.junit.jupiter.api.Test;

/** D5, D6: completions of pending detaches, and those at the wrong moment. */
final class DetachCompletionTest extends ConformanceTest {

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
    void D5_completeAfterPending_onAnotherThread_cleansUpOnce() {
        attach();
        client.pend();
        bench.deregister(provider);
        awaitPending(client);
        bench.crew.run(client.link()::complete);
        bench.awaitComplete(provider);
        history.only(What.CLEANUP, client);
        history.only(What.CLEANUP, provider);
    }

    @Test
    void D5_completeBeforePendingReturned_cleansUpOnce() {
        for (TestModule early : List.of(bench.client("c"), bench.provider("p"))) {
            TestModule late = early instanceof TestClient ? bench.provider("p2") : bench.client("c2");
            early.onDetach = link -> {
                link.complete();
                return NmrStatus.PENDING;
            };
            bench.attach(early, late);
            bench.deregisterAndAwait(late);
            history.only(What.CLEANUP, early);
            assertTrue(history.only(What.DETACH_END, early).time() < history.only(What.CLEANUP, early).time());
            bench.deregisterAndAwait(early);
        }
    }

    @Test
    void D5_bothSidesCompleteEarly_cleansUpOnce() {
        client = bench.client("c");
        provider = bench.provider("p");
        for (TestModule module : List.of(client, provider)) {
            module.onDetach = link -> {
                bench.crew.elsewhere(() -> {
                    link.complete();
                    return null;
                });
                return NmrStatus.PENDING;
            };
        }
        bench.attach(client, provider);
        bench.deregisterAndAwait(client);
        history.only(What.CLEANUP, client);
        history.only(What.CLEANUP, provider);
    }

    private void requireMisuse(Link link) {
        assertEquals(NmrStatus.INVALID_PARAMETER,
                assertThrows(NmrException.class, link.handle::detachComplete).status());
    }

    @Test
    void D6_completeBeforeAnyDetachCallback_changesNothing() {
        attach();
        requireMisuse(client.link());
        requireMisuse(provider.link());
        int token = client.link().enter();
        bench.deregister(provider);
        awaitPending(client);
        assertEquals(0, history.count(What.CLEANUP, provider));
        client.link().exit(token);
        bench.awaitComplete(provider);
    }

    @Test
    void D6_completeAfterSuccess_orTwice_changesNothing() {
        attach();
        client.pend();
        bench.deregister(provider);
        history.await("both told",
                () -> history.count(What.DETACH_END, client) + history.count(What.DETACH_END, provider) == 2);
        history.await("the answer of SUCCESS is taken in", () -> isMisuse(provider.link()));
        assertEquals(0, history.count(What.CLEANUP, client));
        client.link().complete();
        bench.awaitComplete(provider);
        requireMisuse(client.link());
        history.only(What.CLEANUP, client);
    }

    /** Between the return of a callback and the commit of its answer an early completion is legal. */
    private static boolean isMisuse(Link link) {
        try {
            link.handle.detachComplete();
            return false;
        } catch (NmrException e) {
            return e.status().equals(NmrStatus.INVALID_PARAMETER);
        }
    }

    @Test
    void D6_oneSideCannotCompleteTheOthers() {
        attach();
        client.pend();
        provider.pend();
        bench.deregister(provider);
        awaitPending(client);
        awaitPending(provider);
        provider.link().complete();
        requireMisuse(provider.link());
        assertFalse(bench.isComplete(provider));
        assertEquals(0, history.count(What.CLEANUP, client));
        client.link().complete();
        bench.awaitComplete(provider);
    }

    @Test
    void D6_aLateCompletion_hitsNoOtherBinding() {
        attach();
        client.pend();
        bench.deregister(provider);
        awaitPending(client);
        TestProvider second = bench.register(bench.provider("second"));
        bench.deregister(second);
        history.await("both pend", () -> history.count(What.DETACH_END, client) == 2);
        client.links().get(0).complete();
        bench.awaitComplete(provider);
        assertEquals(0, history.count(What.CLEANUP, second));
        client.links().get(1).complete();
        bench.awaitComplete(second);
    }
}
