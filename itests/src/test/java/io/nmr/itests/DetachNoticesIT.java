package io.nmr.itests;

import static org.junit.Assert.assertEquals;

import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.Stage;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** One slow callback of another bundle delays nobody else's: D2, D10, ADR 9. */
public class DetachNoticesIT extends RegistrarTest {

    private static final int OTHERS = 20;

    private final List<TestClient> others = new ArrayList<>();
    private TestClient slow;
    private TestProvider provider;
    private Bundle providers;
    private Bundle clients;

    @Before
    public void bind() {
        slow = stage.client("slow");
        provider = stage.provider("P");
        stage.publish("bundle.slow", slow);
        for (int i = 0; i < OTHERS; i++) {
            others.add(stage.client("C" + i));
        }
        clients = stage.publish("bundle.c", others.toArray(TestClient[]::new));
        providers = stage.publish("bundle.p", provider);
    }

    /** Everybody else is told and cleans up while the slow callback holds up what goes, and nothing else. */
    private void assertDelaysNobodyElse(Hold held, String callback, Stage.Action action) {
        Running<Void> going = stage.act("going", action);
        held.awaitEntered();
        others.forEach(other -> history.awaitEvent(other.toString(), "cleanup.end"));
        going.awaitWaiting();
        history.add("slow", "is let go");
        held.release();
        going.join();
        others.forEach(other ->
                history.assertOrder(other + " detach.end", other + " cleanup.end", "slow is let go", "going returned"));
        history.assertOrder("slow is let go", "slow " + callback + ".end", "going returned");
    }

    private Hold slowDetach() {
        Hold held = stage.hold("the slow detach");
        slow.inDetach = bound -> held.pass();
        return held;
    }

    private Hold slowCleanup() {
        Hold held = stage.hold("the slow cleanup");
        slow.inCleanup = bound -> held.pass();
        return held;
    }

    @Test
    public void D2_slowDetach_whileTheProvidersBundleStops() {
        assertDelaysNobodyElse(slowDetach(), "detach", providers::stop);
        history.assertOrder("slow cleanup.end", "bundle.p stop", "going returned");
    }

    @Test
    public void D2_slowDetach_whileTheProviderIsUnregistered() {
        assertDelaysNobodyElse(slowDetach(), "detach", stage.plan(providers).registration(provider)::unregister);
    }

    @Test
    public void D2_slowDetach_whileTheRegistrarStops() {
        assertDelaysNobodyElse(slowDetach(), "detach", registrarBundle()::stop);
    }

    @Test
    public void C1_slowCleanup_whileTheProvidersBundleStops() {
        assertDelaysNobodyElse(slowCleanup(), "cleanup", providers::stop);
    }

    @Test
    public void C1_slowCleanup_whileTheRegistrarStops() {
        assertDelaysNobodyElse(slowCleanup(), "cleanup", registrarBundle()::stop);
    }

    /** The stop of a bundle that has nothing to do with the slow one does not wait for it. */
    @Test
    public void D2_slowDetach_doesNotDelayTheStopOfAnotherBundle() {
        Hold held = slowDetach();
        Running<Void> going = stage.act("going", providers::stop);
        held.awaitEntered();
        stage.act("other", clients::stop).join();
        assertEquals("it still waits", 0, history.count("bundle.p", "stop"));
        history.assertOrder("C0 cleanup.end", "bundle.c stop", "other returned");
        going.awaitWaiting();
        held.release();
        going.join();
        history.assertOrder("other returned", "slow detach.end", "bundle.p stop", "going returned");
    }

    /** As many as the registrar has threads, but for one. */
    @Test
    public void D2_sevenSlowDetaches_delayNobodyElse() {
        Hold held = stage.hold("the slow detaches", 7);
        slow.inDetach = bound -> held.pass();
        others.subList(0, 6).forEach(other -> other.inDetach = bound -> held.pass());
        Running<Void> going = stage.act("going", providers::stop);
        held.awaitEntered();
        others.subList(6, OTHERS).forEach(other -> history.awaitEvent(other.toString(), "cleanup.end"));
        going.awaitWaiting();
        held.release();
        going.join();
    }
}
