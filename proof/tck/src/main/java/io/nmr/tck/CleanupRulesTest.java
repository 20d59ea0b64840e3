package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.ClientRegistration;
import io.nmr.api.NmrStatus;
import io.nmr.tck.History.What;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** C1, C2, C4, C5: the end of bindings and registrations. */
final class CleanupRulesTest extends ConformanceTest {

    private TestClient client;
    private TestProvider provider;

    private void attach() {
        client = bench.client("c");
        provider = bench.provider("p");
        bench.attach(provider, client);
    }

    private void pendOnBothSides() {
        attach();
        client.pend();
        provider.pend();
        bench.deregister(provider);
        history.await("both pend",
                () -> history.count(What.DETACH_END, client) + history.count(What.DETACH_END, provider) == 2);
    }

    @Test
    void C1_bothCleanupsOnce_whenBothSidesHaveCompleted_andNotBefore() {
        pendOnBothSides();
        client.link().complete();
        assertEquals(0, history.count(What.CLEANUP, client) + history.count(What.CLEANUP, provider), history::toString);
        provider.link().complete();
        bench.awaitComplete(provider);
        int completed = history.only(What.COMPLETE, provider).time();
        assertTrue(completed < history.only(What.CLEANUP, client).time());
        assertTrue(completed < history.only(What.CLEANUP, provider).time());
    }

    @Test
    void C1_aCleanupThatThrows_doesNotKeepTheOtherFromBeingCalled() {
        for (boolean clientThrows : new boolean[] {true, false}) {
            attach();
            (clientThrows ? client : provider).onCleanup = link -> {
                throw new IllegalStateException("on purpose");
            };
            bench.deregisterAndAwait(provider);
            history.only(What.CLEANUP, client);
            history.only(What.CLEANUP, provider);
            bench.deregisterAndAwait(client);
        }
    }

    @Test
    void C1_cleanupIsCalledUnderNoLock_anotherThreadMayUseTheRegistrarMeanwhile() {
        attach();
        TestClient another = bench.client("another");
        client.onCleanup = link -> bench.crew.elsewhere(() -> {
            bench.deregisterAndAwait(bench.register(another));
            return null;
        });
        bench.deregisterAndAwait(provider);
        assertEquals(null, history.only(What.CLEANUP_END, client).outcome());
    }

    @Test
    void C2_complete_whenAllBindingsAreCleanedUp_andNotBefore() {
        client = bench.client("c");
        bench.registerAll(bench.provider("p1"), bench.provider("p2"), client);
        client.pend();
        bench.deregister(client);
        history.await("both pend", () -> history.count(What.DETACH_END, client) == 2);
        client.links().get(0).complete();
        history.await(What.CLEANUP_END, client);
        assertFalse(bench.isComplete(client));
        client.links().get(1).complete();
        bench.awaitComplete(client);
        assertEquals(2, history.count(What.CLEANUP_END, client));
    }

    @Test
    void C2_withoutBindings_completesAtOnce() {
        client = bench.register(bench.client("c"));
        bench.deregister(client);
        bench.awaitComplete(client);
        assertEquals(List.of(What.LEAVING), history.told(client));
    }

    @Test
    void C2_deregisterAnswersPending_andTheSecondTimeInvalidParameter() {
        ClientRegistration registration = bench.registrar().registerClient(bench.client("c"));
        assertEquals(NmrStatus.PENDING, bench.registrar().deregisterClient(registration));
        assertEquals(NmrStatus.INVALID_PARAMETER, bench.registrar().deregisterClient(registration));
        assertEquals(NmrStatus.SUCCESS,
                bench.registrar().waitForClientDeregisterComplete(registration, bench.patience));
    }

    @Test
    void C2_theStageOfARegistration_completesWithTheDeregistration() {
        client = bench.client("c");
        AtomicReference<Object> outcome = new AtomicReference<>();
        ClientRegistration registration = bench.registrar().registerClient(client);
        registration.deregistration().whenComplete((status, failure) -> outcome.set(status));
        assertEquals(null, outcome.get());
        bench.registrar().deregisterClient(registration);
        history.await("the stage completes", () -> NmrStatus.SUCCESS.equals(outcome.get()));
    }

    @Test
    void C4_onceComplete_noCallbackOfTheModuleIsUnderWay_orComesAnyMore() {
        for (boolean clientGoes : new boolean[] {true, false}) {
            attach();
            TestModule goes = clientGoes ? client : provider;
            completeOnceAwaited(goes, Thread.currentThread());
            bench.deregisterAndAwait(goes);
            history.mark();
            history.only(What.CLEANUP_END, goes);
            TestModule later = bench.register(clientGoes ? bench.provider("later") : bench.client("later"));
            int gone = history.all(What.MARK, null).stream().mapToInt(History.Event::time).max().orElseThrow();
            assertTrue(history.events().stream().noneMatch(event -> event.module() == goes && event.time() > gone));
            bench.deregisterAndAwait(later);
            bench.deregisterAndAwait(clientGoes ? provider : client);
        }
    }

    /** It completes its detach when {@code waiting} waits, or has waited and made its mark: never before that. */
    private void completeOnceAwaited(TestModule goes, Thread waiting) {
        int before = history.count(What.MARK, null);
        goes.onDetach = link -> {
            bench.crew.run(() -> {
                history.await("the wait", () -> Crew.isWaiting(waiting) || history.count(What.MARK, null) > before);
                link.complete();
            });
            return NmrStatus.PENDING;
        };
    }

    @Test
    void C5_bothSidesDeregisterAtTheSameTime_oneDetachAndOneCleanupEach_bothComplete() {
        for (int round = 0; round < 50; round++) {
            attach();
            bench.crew.together(List.of(() -> bench.deregister(client), () -> bench.deregister(provider)));
            requireBothGone();
        }
    }

    @Test
    void C5_theOtherSideDeregistersWhileTheBindingDetaches_andWhileItCleansUp() {
        pendOnBothSides();
        bench.deregister(client);
        client.link().complete();
        provider.link().complete();
        requireBothGone();
        attach();
        provider.onCleanup = link -> bench.crew.elsewhere(() -> {
            bench.deregister(client);
            return null;
        });
        bench.deregister(provider);
        bench.awaitComplete(provider);
        requireBothGone();
    }

    private void requireBothGone() {
        bench.awaitComplete(client);
        bench.awaitComplete(provider);
        for (TestModule module : List.of(client, provider)) {
            history.only(What.DETACH, module);
            history.only(What.CLEANUP, module);
        }
    }
}
