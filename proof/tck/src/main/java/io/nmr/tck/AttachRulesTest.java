package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.NmrStatus;
import io.nmr.tck.History.What;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A1 to A9: the handshake. */
final class AttachRulesTest extends ConformanceTest {

    private final Queue<AttachResult> results = new ConcurrentLinkedQueue<>();

    private NmrStatus attachAndKeep(Link link, Object context, Object dispatch) {
        AttachResult result = link.attach(context, dispatch);
        results.add(result);
        return result.status();
    }

    private void requireNoBinding(TestClient client, TestProvider provider) {
        bench.deregisterAndAwait(provider);
        bench.deregisterAndAwait(client);
        assertEquals(0, history.count(What.DETACH, client) + history.count(What.CLEANUP, client), history::toString);
        assertEquals(0, history.count(What.DETACH, provider) + history.count(What.CLEANUP, provider), history::toString);
    }

    @Test
    void A1_theClientIsCalled_withHandleContextAndTheProvidersInstance() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        bench.attach(provider, client);
        assertNotNull(client.link().handle);
        assertSame(client.registrationContext, client.link().registrationContext);
        assertEquals(provider.instance, client.link().peer);
        assertTrue(history.only(What.ATTACH, client).time() < history.only(What.ATTACH, provider).time());
    }

    @Test
    void A2_theClientRefuses_noBinding_noDetach_noCleanup() {
        TestClient client = bench.client("c");
        client.onAttach = link -> NmrStatus.NOINTERFACE;
        TestProvider provider = bench.provider("p");
        bench.registerAll(provider, client);
        requireNoBinding(client, provider);
        assertEquals(List.of(), provider.links());
    }

    @Test
    void A3_theClientAttachesInsideTheCallback_withContextAndNoDispatchTable() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> attachAndKeep(link, link, null);
        bench.registerAll(provider, client);
        assertInstanceOf(Attached.class, results.peek());
        assertSame(client.link(), provider.link().peerContext);
        assertNull(provider.link().peerDispatch);
    }

    @Test
    void A4_theProviderIsCalled_withItsHandleAndContextAndWhatTheClientGave() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        Object dispatch = new Object();
        client.onAttach = link -> attachAndKeep(link, link, dispatch);
        bench.registerAll(client, provider);
        assertNotNull(provider.link().handle);
        assertSame(provider.registrationContext, provider.link().registrationContext);
        assertEquals(client.instance, provider.link().peer);
        assertSame(client.link(), provider.link().peerContext);
        assertSame(dispatch, provider.link().peerDispatch);
    }

    @Test
    void A5_theAcceptance_isWhatAttachReturns() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        client.onAttach = link -> attachAndKeep(link, link, link);
        bench.registerAll(provider, client);
        Attached attached = assertInstanceOf(Attached.class, results.peek());
        assertSame(provider.link(), attached.bindingContext());
        assertSame(provider.link(), attached.dispatch());
    }

    @Test
    void A5_theRefusal_isWhatAttachReturns_andCallsNobodysCleanup() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        provider.refuse(NmrStatus.INSUFFICIENT_RESOURCES);
        client.onAttach = link -> attachAndKeep(link, link, link);
        bench.registerAll(provider, client);
        assertEquals(new Refused(NmrStatus.INSUFFICIENT_RESOURCES), results.peek());
        requireNoBinding(client, provider);
    }

    @Test
    void A5_acceptingWithoutADispatchTable_isARefusal() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        provider.onAttach = link -> new Attached(link, null);
        client.onAttach = link -> attachAndKeep(link, link, link);
        bench.registerAll(provider, client);
        assertInstanceOf(Refused.class, results.peek());
        requireNoBinding(client, provider);
    }

    @Test
    void A6_afterARefusal_theClientAsksAgainWithAnotherDispatchTable() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        provider.onAttach = link -> "version 1".equals(link.peerDispatch)
                ? link.accept()
                : new Refused(NmrStatus.NOINTERFACE);
        client.onAttach = link -> {
            attachAndKeep(link, link, "version 2");
            return attachAndKeep(link, link, "version 1");
        };
        bench.registerAll(provider, client);
        assertEquals(List.of(false, true), results.stream().map(result -> result instanceof Attached).toList());
        assertEquals(List.of("version 2", "version 1"),
                provider.links().stream().map(link -> link.peerDispatch).toList());
        bench.deregisterAndAwait(client);
        assertEquals(1, history.count(What.CLEANUP, provider));
    }

    @Test
    void A7_theStatusOfTheLastAttach_endsTheOffer_andTheBindingStands() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        bench.attach(provider, client);
        assertEquals(NmrStatus.SUCCESS, history.only(What.ATTACH_END, client).outcome());
        assertEquals(List.of(What.ATTACH), history.told(client));
        bench.deregisterAndAwait(provider);
        assertEquals(List.of(What.ATTACH, What.DETACH, What.CLEANUP), history.told(client));
    }

    @Test
    void A8_callsGoDirectly_theRegistrarIsNotInThePath() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        Supplier<List<String>> function = () -> StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName).limit(2).toList());
        provider.onAttach = link -> new Attached(link, function);
        bench.registerAll(provider, client);
        assertSame(function, client.link().peerDispatch);
        List<String> callers = function.get();
        assertEquals(getClass().getName(), callers.get(1), "who calls is next on the stack");
    }

    @Test
    void A9_manyToMany_eachBindingHasContextsOfItsOwn() {
        TestModule[] modules = {bench.client("c1"), bench.client("c2"), bench.provider("p1"), bench.provider("p2")};
        bench.registerAll(modules);
        Set<Object> contexts = new HashSet<>();
        for (TestModule module : modules) {
            assertEquals(2, module.links().size());
            module.links().forEach(link -> contexts.add(link.peerContext));
        }
        assertEquals(8, contexts.size());
        for (TestModule module : modules) {
            bench.deregisterAndAwait(module);
        }
        for (TestModule module : modules) {
            assertEquals(Set.copyOf(module.links()), linksOf(What.DETACH, module));
            assertEquals(Set.copyOf(module.links()), linksOf(What.CLEANUP, module));
        }
    }

    private Set<Object> linksOf(What what, TestModule module) {
        Set<Object> links = new HashSet<>();
        history.all(what, module).forEach(event -> links.add(event.link()));
        return links;
    }

    @Test
    void A9_nullAndSharedContexts_areDetachedAndCleanedUpLikeOthers() {
        TestClient client = bench.client("c");
        TestProvider one = bench.provider("p1");
        TestProvider other = bench.provider("p2");
        client.onAttach = link -> link.attach("shared", null).status();
        one.onAttach = link -> new Attached(null, "dispatch");
        other.onAttach = link -> new Attached(null, "dispatch");
        client.onDetach = link -> NmrStatus.SUCCESS;
        bench.registerAll(one, other, client);
        bench.deregisterAndAwait(client);
        for (What what : List.of(What.DETACH, What.CLEANUP)) {
            assertEquals(2, history.count(what, client));
            assertEquals(1, history.count(what, one));
            assertEquals(1, history.count(what, other));
        }
    }

    @Test
    void A9_handlesOfTwoBindings_areNotTheSame() {
        TestClient client = bench.client("c");
        bench.registerAll(bench.provider("p1"), bench.provider("p2"), client);
        assertNotEquals(client.links().get(0).handle, client.links().get(1).handle);
    }
}
