package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.ModuleId;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import io.nmr.tck.History.What;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** R: who is offered to whom, and when. */
final class RegistrationRulesTest extends ConformanceTest {

    private static final int ROUNDS = 60;

    private static List<RegistrationInstance> peers(TestModule module) {
        return module.links().stream().map(link -> link.peer).toList();
    }

    @Test
    void R1_registerClient_isOfferedEachRegisteredProviderOnce() {
        List<TestProvider> providers = List.of(bench.provider("p1"), bench.provider("p2"), bench.provider("p3"));
        providers.forEach(bench::register);
        TestClient client = bench.register(bench.client("c"));
        List<RegistrationInstance> offered = peers(client);
        assertEquals(3, offered.size());
        providers.forEach(provider -> assertEquals(1, Collections.frequency(offered, provider.instance)));
    }

    @Test
    void R2_registerProvider_isOfferedToEachRegisteredClientOnce() {
        List<TestClient> clients = List.of(bench.client("c1"), bench.client("c2"), bench.client("c3"));
        clients.forEach(bench::register);
        TestProvider provider = bench.register(bench.provider("p"));
        clients.forEach(client -> assertEquals(List.of(provider.instance), peers(client)));
        assertEquals(3, provider.links().size());
    }

    @Test
    void R3_theNpiIdAlone_decidesWhoIsOfferedToWhom() {
        NpiId other = new NpiId(UUID.randomUUID());
        TestClient client = bench.client("c");
        TestProvider same = bench.provider("p");
        TestProvider foreign = bench.provider("foreign", other);
        client.instance = RegistrationInstance.of(bench.npi, new ModuleId.InterfaceLuid(7), -1, "a client's own");
        same.instance = RegistrationInstance.of(bench.npi, new ModuleId.Guid(UUID.randomUUID()), 99, 42);
        foreign.instance = RegistrationInstance.of(other, new ModuleId.InterfaceLuid(7), -1, "a client's own");
        bench.registerAll(foreign, client, same);
        assertEquals(List.of(same.instance), peers(client));
        assertEquals(List.of(), peers(foreign));
    }

    @Test
    void R3_aModuleThatIsBoth_isOfferedItself_andMayRefuse() {
        TestClient client = bench.client("both");
        TestProvider provider = bench.provider("both");
        provider.instance = client.instance;
        client.onAttach = link -> link.peer.moduleId().equals(client.instance.moduleId())
                ? NmrStatus.NOINTERFACE
                : link.attach().status();
        bench.registerAll(client, provider);
        assertEquals(client.instance.moduleId(), client.link().peer.moduleId());
        assertEquals(List.of(), provider.links());
    }

    @Test
    void R4_anotherVersion_aMissingNpiId_aMissingModuleId_isRefused() {
        bench.registerAll(bench.provider("p"), bench.client("c"));
        ModuleId id = new ModuleId.Guid(UUID.randomUUID());
        for (RegistrationInstance illegal : List.of(
                new RegistrationInstance(1, bench.npi, id, 1, null),
                new RegistrationInstance(0, null, id, 1, null),
                new RegistrationInstance(0, bench.npi, null, 1, null))) {
            requireRefused(bench.client("illegal client"), illegal);
            requireRefused(bench.provider("illegal provider"), illegal);
        }
    }

    /** It is offered to nobody; and where the refusal is an exception, that says so. */
    private void requireRefused(TestModule module, RegistrationInstance illegal) {
        module.instance = illegal;
        try {
            bench.register(module);
        } catch (NmrException e) {
            assertEquals(NmrStatus.INVALID_PARAMETER, e.status());
        }
        assertEquals(List.of(), module.links(), () -> "offers of " + illegal);
        bench.modules.stream().flatMap(other -> other.links().stream())
                .forEach(link -> assertFalse(link.peer == illegal, () -> "an offer of " + illegal));
        bench.modules.remove(module);
    }

    @Test
    void R5_aModuleRegistersForEachNpiAndNumber_andEachStandsAlone() {
        TestProvider[] registrations = {bench.provider("p1"), bench.provider("p2"),
                bench.provider("p3", new NpiId(UUID.randomUUID()))};
        ModuleId module = new ModuleId.Guid(UUID.randomUUID());
        for (int i = 0; i < registrations.length; i++) {
            NpiId npi = registrations[i].instance.npiId();
            registrations[i].instance = RegistrationInstance.of(npi, module, i, null);
            bench.register(registrations[i]);
        }
        TestClient client = bench.register(bench.client("c"));
        TestClient another = bench.register(bench.client("c3", registrations[2].instance.npiId()));
        bench.deregisterAndAwait(registrations[0]);
        assertEquals(2, client.links().size());
        assertEquals(1, history.count(What.CLEANUP, client));
        assertEquals(0, history.count(What.DETACH, registrations[1]));
        assertEquals(0, history.count(What.DETACH, another));
        assertEquals(List.of(registrations[1].instance), peers(bench.register(bench.client("late"))));
    }

    @Test
    void R6_manyThreadsRegister_eachPairIsOfferedExactlyOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            List<TestModule> modules = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                modules.add(bench.client("c" + i));
                modules.add(bench.provider("p" + i));
            }
            bench.crew.together(modules.stream().map(module -> (Runnable) () -> bench.register(module)).toList());
            for (TestModule module : modules) {
                history.await("two offers of " + module, () -> module.links().size() >= 2);
                assertEquals(2, module.links().stream().map(link -> link.peer).distinct().count());
                assertEquals(2, module.links().size(), () -> "offers of " + module);
            }
            modules.forEach(bench::deregister);
            modules.forEach(bench::awaitComplete);
        }
    }

    @Test
    void R8_attachCallsAndDetach_happenBeforeRegisterReturns() {
        TestProvider first = bench.register(bench.provider("p1"));
        bench.register(bench.provider("p2"));
        TestClient client = bench.client("c");
        client.onAttach = link -> {
            NmrStatus attached = link.attach().status();
            link.exit(link.enter());
            if (client.links().size() == 2) {
                bench.crew.run(() -> bench.deregister(first));
                history.await(What.DETACH, client);
            }
            return attached;
        };
        bench.register(client);
        history.mark();
        assertTrue(history.only(What.DETACH, client).time() < history.mark(0).time());
    }

    @Test
    void R9_registerReturns_afterItsOffersWereAnswered() {
        Thread registering = Thread.currentThread();
        CountDownLatch returned = new CountDownLatch(1);
        TestClient client = bench.client("c");
        client.onAttach = link -> {
            history.await("registering waits, is here, or has returned", () -> Thread.currentThread() == registering
                    || returned.getCount() == 0 || registering.getState() == Thread.State.WAITING);
            return link.attach().status();
        };
        bench.register(bench.provider("p"));
        bench.register(client);
        history.mark();
        returned.countDown();
        assertTrue(history.await(What.ATTACH_END, client).time() < history.mark(0).time(), history::toString);
    }

    @Test
    void R9_aPairOfferedByAnotherThread_mayStillBeUnderWay() {
        TestProvider slow = bench.register(bench.provider("slow"));
        TestProvider quick = bench.provider("quick");
        TestClient client = bench.client("c");
        CountDownLatch goOn = new CountDownLatch(1);
        slow.onAttach = link -> {
            bench.await(goOn);
            return link.accept();
        };
        Crew.Member<TestClient> registering = bench.crew.start(() -> bench.register(client));
        history.await(What.ATTACH, slow);
        bench.register(quick);
        assertTrue(quick.link().isBound());
        assertEquals(0, history.count(What.ATTACH_END, slow));
        goOn.countDown();
        registering.join();
    }
}
