package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.CallChain;
import io.nmr.api.ClientRegistration;
import io.nmr.api.NetworkModuleRegistrar;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderRegistration;
import io.nmr.tck.History.What;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** C3, C6: waits with handles, and what may be called inside a callback. */
final class WaitRulesTest extends ConformanceTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    private TestClient client;
    private TestProvider provider;
    private NetworkModuleRegistrar registrar;
    private ProviderRegistration registered;

    /** A registration that no registrar gave. */
    private record Foreign() implements ClientRegistration, ProviderRegistration {

        @Override
        public CompletionStage<NmrStatus> deregistration() {
            return new CompletableFuture<>();
        }
    }

    @BeforeEach
    void modules() {
        client = bench.client("c");
        provider = bench.provider("p");
    }

    /** The provider by its handle. */
    private void attachWithHandles() {
        registrar = bench.registrar();
        registered = registrar.registerProvider(provider);
        bench.register(client);
    }

    private NmrStatus await(Duration timeout) {
        return registrar.waitForProviderDeregisterComplete(registered, timeout);
    }

    @Test
    void C3_successOnceComplete_timeoutBefore() {
        client.pend();
        attachWithHandles();
        registrar.deregisterProvider(registered);
        assertEquals(NmrStatus.TIMEOUT, await(SHORT));
        assertEquals(NmrStatus.TIMEOUT, await(Duration.ZERO));
        history.await(What.DETACH_END, client);
        client.link().complete();
        assertEquals(NmrStatus.SUCCESS, await(bench.patience));
        assertEquals(NmrStatus.SUCCESS, await(Duration.ZERO));
    }

    @Test
    void C3_aHandleThatWasNotDeregistered_orIsNone_isAnInvalidParameter() {
        attachWithHandles();
        assertEquals(NmrStatus.INVALID_PARAMETER, await(bench.patience));
        for (Foreign foreign : new Foreign[] {new Foreign(), null}) {
            assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterClient(foreign));
            assertEquals(NmrStatus.INVALID_PARAMETER, registrar.deregisterProvider(foreign));
            assertEquals(NmrStatus.INVALID_PARAMETER, registrar.waitForClientDeregisterComplete(foreign, SHORT));
            assertEquals(NmrStatus.INVALID_PARAMETER, registrar.waitForProviderDeregisterComplete(foreign, SHORT));
        }
        assertEquals(0, history.count(What.DETACH, client));
        registrar.deregisterProvider(registered);
        assertEquals(NmrStatus.SUCCESS, await(bench.patience));
    }

    @Test
    void C3_anyNumberOfThreadsMayWait() {
        client.pend();
        attachWithHandles();
        registrar.deregisterProvider(registered);
        List<Crew.Member<NmrStatus>> waiting = Stream.generate(() -> bench.crew.start(() -> await(bench.patience)))
                .limit(3)
                .toList();
        waiting.forEach(Crew.Member::awaitBlocked);
        history.await(What.DETACH_END, client);
        client.link().complete();
        waiting.forEach(member -> assertEquals(NmrStatus.SUCCESS, member.join()));
    }

    @Test
    void C6_registerAndDeregisterInsideACallback() {
        TestClient another = bench.client("another");
        TestProvider anothers = bench.provider("another's", new NpiId(UUID.randomUUID()));
        client.onAttach = link -> {
            bench.register(anothers);
            bench.register(another);
            return link.attach().status();
        };
        client.onDetach = link -> {
            bench.deregister(another);
            bench.deregister(anothers);
            return link.close();
        };
        bench.registerAll(provider, client);
        assertEquals(1, another.links().size());
        bench.deregisterAndAwait(client);
        bench.awaitComplete(another);
        bench.awaitComplete(anothers);
    }

    @Test
    void C6_detachCompleteInsideACallbackOfAnotherBinding() {
        TestProvider second = bench.provider("second");
        bench.registerAll(provider, second, client);
        client.onDetach = link -> {
            if (link == client.links().get(1)) {
                client.links().get(0).complete();
            }
            return link == client.links().get(0) ? NmrStatus.PENDING : NmrStatus.SUCCESS;
        };
        bench.deregister(provider);
        history.await(What.DETACH_END, client);
        bench.deregisterAndAwait(second);
        bench.awaitComplete(provider);
    }

    @Test
    void C6_aWaitInsideACallbackThatItWaitsFor_isRefusedAtOnce() {
        AtomicReference<NmrStatus> answer = new AtomicReference<>();
        provider.onDetach = link -> {
            answer.set(await(bench.patience));
            return link.close();
        };
        attachWithHandles();
        registrar.deregisterProvider(registered);
        history.await(What.DETACH_END, provider);
        assertEquals(NmrStatus.POSSIBLE_DEADLOCK, answer.get());
        assertEquals(NmrStatus.SUCCESS, await(bench.patience));
    }

    @Test
    void C6_aWaitInsideATrackedCallThatItWaitsFor_isRefusedAtOnce() {
        client.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        attachWithHandles();
        assertTrue(CallChain.enter(client.link().gate.gate()));
        try {
            registrar.deregisterProvider(registered);
            assertEquals(NmrStatus.POSSIBLE_DEADLOCK, await(bench.patience));
        } finally {
            CallChain.exit(client.link().gate.gate());
        }
        assertEquals(NmrStatus.SUCCESS, await(bench.patience));
    }

    @Test
    void C6_aWaitInsideACallback_forWhatDoesNotWaitForIt_isServed() {
        TestProvider unrelated = bench.provider("unrelated", new NpiId(UUID.randomUUID()));
        attachWithHandles();
        ProviderRegistration other = registrar.registerProvider(unrelated);
        provider.onDetach = link -> {
            registrar.deregisterProvider(other);
            history.mark();
            assertEquals(NmrStatus.SUCCESS, registrar.waitForProviderDeregisterComplete(other, bench.patience));
            return link.close();
        };
        registrar.deregisterProvider(registered);
        assertEquals(NmrStatus.SUCCESS, await(bench.patience));
        assertEquals(NmrStatus.SUCCESS, history.only(What.DETACH_END, provider).outcome());
    }

    @Test
    void C6_twoThreadsThatWaitForEachOther_insideCallbacks_oneIsRefused() {
        TestClient second = bench.client("c2", new NpiId(UUID.randomUUID()));
        TestProvider seconds = bench.provider("p2", second.instance.npiId());
        attachWithHandles();
        ProviderRegistration other = registrar.registerProvider(seconds);
        bench.register(second);
        CountDownLatch both = new CountDownLatch(2);
        AtomicReference<NmrStatus> one = new AtomicReference<>();
        AtomicReference<NmrStatus> two = new AtomicReference<>();
        client.onDetach = link -> waitInside(link, both, one, other);
        second.onDetach = link -> waitInside(link, both, two, registered);
        bench.crew.run(() -> registrar.deregisterProvider(registered));
        bench.crew.run(() -> registrar.deregisterProvider(other));
        history.await("both callbacks have returned",
                () -> history.count(What.DETACH_END, client) + history.count(What.DETACH_END, second) == 2);
        assertEquals(1, Stream.of(one.get(), two.get()).filter(NmrStatus.POSSIBLE_DEADLOCK::equals).count(),
                () -> one + " and " + two);
        assertEquals(NmrStatus.SUCCESS, await(bench.patience));
    }

    private NmrStatus waitInside(
            Link link, CountDownLatch both, AtomicReference<NmrStatus> answer, ProviderRegistration other) {
        both.countDown();
        bench.await(both);
        answer.set(registrar.waitForProviderDeregisterComplete(other, bench.patience));
        return link.close();
    }
}
