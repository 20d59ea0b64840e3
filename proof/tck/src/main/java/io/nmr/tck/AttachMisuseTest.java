package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.NmrStatus;
import io.nmr.tck.History.What;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A10 to A12: attach at the wrong moment, callbacks that break A7, and the order of callbacks. */
final class AttachMisuseTest extends ConformanceTest {

    private static final AttachResult MISUSED = new Refused(NmrStatus.INVALID_PARAMETER);

    private final Queue<AttachResult> misused = new ConcurrentLinkedQueue<>();

    private void requireNothingChanged(TestClient client, TestProvider provider) {
        assertTrue(!misused.isEmpty());
        misused.forEach(result -> assertEquals(MISUSED, result));
        assertEquals(1, provider.links().size(), () -> "the provider is asked once: " + history);
        bench.deregisterAndAwait(provider);
        assertEquals(List.of(What.ATTACH, What.DETACH, What.CLEANUP), history.told(client));
        assertEquals(List.of(What.ATTACH, What.DETACH, What.CLEANUP), history.told(provider));
    }

    @Test
    void A10_attachAfterItSucceeded_changesNothing() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> {
            NmrStatus attached = link.attach().status();
            misused.add(link.attach());
            return attached;
        };
        bench.registerAll(provider, client);
        requireNothingChanged(client, provider);
    }

    @Test
    void A10_attachFromAnotherThread_changesNothing() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> {
            misused.add(bench.crew.elsewhere(link::attach));
            return link.attach().status();
        };
        bench.registerAll(provider, client);
        requireNothingChanged(client, provider);
    }

    @Test
    void A10_attachOutsideTheCallback_changesNothing() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        bench.attach(provider, client);
        misused.add(client.link().attach());
        requireNothingChanged(client, provider);
        assertEquals(MISUSED, client.link().attach(), "nor when the binding is gone");
    }

    @Test
    void A10_attachAfterTheCallbackRefused_changesNothing() {
        TestClient client = bench.client("c");
        client.onAttach = link -> NmrStatus.NOINTERFACE;
        TestProvider provider = bench.provider("p");
        bench.registerAll(provider, client);
        assertEquals(MISUSED, client.link().attach());
        assertEquals(List.of(), provider.links());
    }

    private void requireDetachedOnBothSides(TestClient client, TestProvider provider) {
        history.await("both cleaned up",
                () -> history.count(What.CLEANUP_END, client) == 1 && history.count(What.CLEANUP_END, provider) == 1);
        assertEquals(List.of(What.ATTACH, What.DETACH, What.CLEANUP), history.told(client));
        assertEquals(List.of(What.ATTACH, What.DETACH, What.CLEANUP), history.told(provider));
    }

    @Test
    void A11_theClientFailsAfterTheAcceptance_bothSidesAreDetachedAndCleanedUp() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> {
            link.attach();
            return NmrStatus.UNSUCCESSFUL;
        };
        bench.registerAll(provider, client);
        requireDetachedOnBothSides(client, provider);
    }

    @Test
    void A11_theClientThrowsAfterTheAcceptance_bothSidesAreDetachedAndCleanedUp_andOthersAreServed() {
        TestClient client = bench.client("c");
        TestClient another = bench.client("another");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> {
            link.attach();
            throw new IllegalStateException("on purpose");
        };
        bench.registerAll(client, another);
        bench.register(provider);
        history.await(What.CLEANUP_END, client);
        assertEquals(List.of(What.ATTACH, What.DETACH, What.CLEANUP), history.told(client));
        assertTrue(another.link().isBound());
        bench.deregisterAndAwait(provider);
    }

    @Test
    void A11_theClientThrowsBeforeItAttaches_isARefusal_andNothingLeaks() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> {
            throw new IllegalStateException("on purpose");
        };
        bench.registerAll(client, provider);
        bench.deregisterAndAwait(client);
        bench.deregisterAndAwait(provider);
        assertEquals(List.of(), history.told(provider));
    }

    @Test
    void A11_successWithoutHavingAttached_isNoBinding() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> NmrStatus.SUCCESS;
        bench.registerAll(provider, client);
        bench.deregisterAndAwait(provider);
        bench.deregisterAndAwait(client);
        assertEquals(List.of(What.ATTACH, What.LEAVING), history.told(client));
    }

    @Test
    void A12_theDetachOfASide_waitsForTheEndOfItsAttach() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> {
            NmrStatus attached = link.attach().status();
            bench.crew.elsewhere(() -> {
                bench.deregister(provider);
                return null;
            });
            return attached;
        };
        bench.registerAll(provider, client);
        bench.awaitComplete(provider);
        assertTrue(history.only(What.ATTACH_END, client).time() < history.only(What.DETACH, client).time());
        assertTrue(history.only(What.ATTACH_END, client).time() < history.only(What.DETACH, provider).time());
    }

    @Test
    void A12_callbacksOfDifferentBindings_mayOverlap() {
        TestProvider provider = bench.register(bench.provider("p"));
        CountDownLatch both = new CountDownLatch(2);
        provider.onAttach = link -> {
            both.countDown();
            bench.await(both);
            return link.accept();
        };
        List<Crew.Member<TestClient>> registering = List.of(
                bench.crew.start(() -> bench.register(bench.client("c1"))),
                bench.crew.start(() -> bench.register(bench.client("c2"))));
        registering.forEach(member -> assertTrue(member.join().link().isBound()));
    }

    @Test
    void A12_callsMayBegin_onceTheProviderHasAccepted() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> {
            NmrStatus attached = link.attach().status();
            Link providers = (Link) link.peerDispatch;
            bench.crew.elsewhere(() -> {
                providers.exit(providers.enter());
                history.mark();
                return null;
            });
            return attached;
        };
        bench.registerAll(client, provider);
        assertTrue(history.mark(0).time() < history.only(What.ATTACH_END, client).time());
    }
}
