package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** R7: characteristics and contexts are there until the deregistration is complete, and not kept after it. */
final class ReleaseRulesTest extends ConformanceTest {

    private final Map<String, WeakReference<Object>> watched = new LinkedHashMap<>();

    /** What the test keeps, as a module may: its registration and its handles. The rest it has dropped. */
    private List<Object> gone(boolean client, TestModule stays) {
        TestModule module = client ? bench.client("goes") : bench.provider("goes");
        bench.registerAll(stays, module);
        watch(module, stays);
        List<Object> kept = List.of(module.registered, module.link().handle, stays.link().handle);
        bench.deregisterAndAwait(module);
        bench.modules.clear();
        history.forget();
        stays.forget();
        return kept;
    }

    private void watch(TestModule module, TestModule stays) {
        watched.put("characteristics", new WeakReference<>(module));
        watched.put("registration context", new WeakReference<>(module.registrationContext));
        watched.put("instance", new WeakReference<>(module.instance));
        watched.put("context and dispatch table", new WeakReference<>(module.link()));
        watched.put("gate", new WeakReference<>(module.link().gate));
        watched.put("the other side's context", new WeakReference<>(stays.link()));
    }

    private void requireForgotten() {
        List<String> kept = new ArrayList<>();
        history.await("nothing is kept", () -> {
            System.gc();
            kept.clear();
            watched.forEach((name, reference) -> {
                if (!reference.refersTo(null)) {
                    kept.add(name);
                }
            });
            return kept.isEmpty();
        });
        assertEquals(List.of(), kept);
    }

    @Test
    void R7_theClientIsGone_nothingOfItIsKept_whileTheProviderStays() {
        TestProvider stays = bench.provider("stays");
        List<Object> kept = gone(true, stays);
        requireForgotten();
        Reference.reachabilityFence(kept);
        bench.modules.add(stays);
    }

    @Test
    void R7_theProviderIsGone_nothingOfItIsKept_whileTheClientStays() {
        TestClient stays = bench.client("stays");
        stays.onAttach = link -> {
            link.announce();
            return link.attach().status();
        };
        List<Object> kept = gone(false, stays);
        requireForgotten();
        Reference.reachabilityFence(kept);
        bench.modules.add(stays);
    }

    @Test
    void R7_characteristicsAndContextsAreThere_untilTheDeregistrationIsComplete() {
        TestClient client = bench.client("c", new NpiId(UUID.randomUUID()));
        TestProvider provider = bench.provider("p", client.instance.npiId());
        bench.attach(provider, client);
        client.onDetach = link -> {
            bench.crew.run(link::complete);
            return NmrStatus.PENDING;
        };
        bench.deregisterAndAwait(client);
        assertEquals(client.link(), history.only(History.What.DETACH, client).link());
        assertEquals(client.link(), history.only(History.What.CLEANUP, client).link());
        assertEquals(provider.link(), history.only(History.What.CLEANUP, provider).link());
    }
}
