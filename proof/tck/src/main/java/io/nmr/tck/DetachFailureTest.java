package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.AttachResult.Refused;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.tck.History.What;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** D8, D9: deregistered while the attachment is under way; detach callbacks that fail. */
final class DetachFailureTest extends ConformanceTest {

    private static final Function<Link, NmrStatus> THROWS = link -> {
        throw new IllegalStateException("on purpose");
    };

    private TestClient client;
    private TestProvider provider;

    private void modules() {
        client = bench.client("c");
        provider = bench.provider("p");
    }

    private void requireDetached() {
        bench.awaitComplete(provider);
        assertEquals(1, history.count(What.DETACH, client), history::toString);
        assertEquals(1, history.count(What.CLEANUP, client), history::toString);
        assertEquals(List.of(What.ATTACH, What.DETACH, What.CLEANUP), history.told(provider));
    }

    @Test
    void D8_deregisteredBeforeTheProviderIsAsked_itIsNotAskedAnyMore() {
        modules();
        AtomicReference<Object> result = new AtomicReference<>();
        client.onAttach = link -> {
            bench.deregister(provider);
            result.set(link.attach());
            return NmrStatus.DELETE_PENDING;
        };
        bench.registerAll(provider, client);
        assertEquals(new Refused(NmrStatus.DELETE_PENDING), result.get());
        bench.awaitComplete(provider);
        assertEquals(List.of(), provider.links());
        assertEquals(List.of(What.ATTACH), history.told(client));
    }

    @Test
    void D8_deregisteredWhileTheProviderIsAsked_theAttachmentIsLetFinish_andDetached() {
        modules();
        provider.onAttach = link -> {
            bench.deregister(provider);
            return link.accept();
        };
        bench.registerAll(provider, client);
        requireDetached();
    }

    @Test
    void D8_deregisteredAfterTheAcceptance_isDetachedOnceTheClientHasReturned() {
        modules();
        client.onAttach = link -> {
            NmrStatus attached = link.attach().status();
            bench.deregister(provider);
            return attached;
        };
        bench.registerAll(provider, client);
        requireDetached();
    }

    @Test
    void D8_deregisteredWhileTheProviderIsAsked_whoThenRefuses_isNotAskedAgain() {
        modules();
        AtomicReference<Object> second = new AtomicReference<>();
        provider.onAttach = link -> {
            bench.deregister(provider);
            return new Refused(NmrStatus.NOINTERFACE);
        };
        client.onAttach = link -> {
            link.attach();
            second.set(link.attach());
            return NmrStatus.DELETE_PENDING;
        };
        bench.registerAll(provider, client);
        bench.awaitComplete(provider);
        assertEquals(new Refused(NmrStatus.DELETE_PENDING), second.get());
        assertEquals(1, history.count(What.ATTACH, provider));
    }

    @Test
    void D8_registerRacesDeregister_theDetachIsNeverLost() {
        for (int round = 0; round < 100; round++) {
            TestClient registering = bench.client("c");
            TestProvider going = bench.register(bench.provider("p"));
            bench.crew.together(List.of(() -> bench.register(registering), () -> bench.deregister(going)));
            bench.awaitComplete(going);
            bench.deregisterAndAwait(registering);
        }
    }

    @Test
    void D9_withoutAGate_aThrowingDetachCallback_standsForSuccess() {
        modules();
        client.onDetach = THROWS;
        bench.attach(provider, client);
        bench.deregister(provider);
        requireDetached();
    }

    @Test
    void D9_anAnswerThatIsNone_standsForSuccess() {
        for (NmrStatus nonsense : new NmrStatus[] {null, NmrStatus.NOINTERFACE}) {
            modules();
            provider.onDetach = link -> nonsense;
            bench.attach(client, provider);
            bench.deregister(provider);
            requireDetached();
            bench.deregisterAndAwait(client);
        }
    }

    @Test
    void D9_withAnEmptyGate_standsForSuccess_andTheGateIsClosed() {
        announcing();
        bench.deregister(provider);
        requireDetached();
        assertEquals(CallGate.REFUSED, client.link().gate.gate().enter());
    }

    @Test
    void D9_withACallInProgress_theLastExitCompletesIt() {
        announcing();
        int token = client.link().enter();
        bench.deregister(provider);
        history.await(What.DETACH_END, client);
        history.await("the gate is closed in its stead", client.link().gate.gate()::isClosed);
        assertFalse(bench.isComplete(provider));
        assertEquals(0, history.count(What.CLEANUP, provider));
        client.link().exit(token);
        requireDetached();
    }

    private void announcing() {
        modules();
        client.onDetach = THROWS;
        client.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        bench.attach(provider, client);
    }

    @Test
    void D9_theOtherSideIsServed_whicheverThrows() {
        modules();
        client.onDetach = THROWS;
        provider.onDetach = THROWS;
        bench.attach(provider, client);
        bench.deregister(provider);
        requireDetached();
        assertTrue(history.count(What.DETACH, provider) == 1);
    }
}
