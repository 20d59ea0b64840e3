package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.RELEASED;
import static io.nmr.itests.kit.Moment.RETURNED;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;

import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Moment;
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
    private void assertDelaysNobodyElse(Hold held, Moment callback, Stage.Action action) {
        Running<Void> going = stage.act("going", action);
        held.awaitEntered();
        others.forEach(other -> journal.awaitEvent(other.toString(), CLEANUP_END));
        going.awaitWaiting();
        journal.add("slow", RELEASED);
        held.release();
        going.join();
        others.forEach(other ->
                journal.assertOrder(DETACH_END.of(other), CLEANUP_END.of(other), RELEASED.of("slow"),
                        RETURNED.of("going")));
        journal.assertOrder(RELEASED.of("slow"), callback.of(slow), RETURNED.of("going"));
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
        assertDelaysNobodyElse(slowDetach(), DETACH_END, providers::stop);
        journal.assertOrder(CLEANUP_END.of("slow"), STOP.of("bundle.p"), RETURNED.of("going"));
    }

    @Test
    public void D2_slowDetach_whileTheProviderIsUnregistered() {
        assertDelaysNobodyElse(slowDetach(), DETACH_END, stage.plan(providers).registration(provider)::unregister);
    }

    @Test
    public void D2_slowDetach_whileTheRegistrarStops() {
        assertDelaysNobodyElse(slowDetach(), DETACH_END, registrarBundle()::stop);
    }

    @Test
    public void C1_slowCleanup_whileTheProvidersBundleStops() {
        assertDelaysNobodyElse(slowCleanup(), CLEANUP_END, providers::stop);
    }

    @Test
    public void C1_slowCleanup_whileTheRegistrarStops() {
        assertDelaysNobodyElse(slowCleanup(), CLEANUP_END, registrarBundle()::stop);
    }

    /** The stop of a bundle that has nothing to do with the slow one does not wait for it. */
    @Test
    public void D2_slowDetach_doesNotDelayTheStopOfAnotherBundle() {
        Hold held = slowDetach();
        Running<Void> going = stage.act("going", providers::stop);
        held.awaitEntered();
        stage.act("other", clients::stop).join();
        assertEquals("it still waits", 0, journal.count("bundle.p", STOP));
        journal.assertOrder(CLEANUP_END.of("C0"), STOP.of("bundle.c"), RETURNED.of("other"));
        going.awaitWaiting();
        held.release();
        going.join();
        journal.assertOrder(RETURNED.of("other"), DETACH_END.of("slow"), STOP.of("bundle.p"), RETURNED.of("going"));
    }

    /** As many as the registrar has threads, but for one. */
    @Test
    public void D2_sevenSlowDetaches_delayNobodyElse() {
        Hold held = stage.hold("the slow detaches", 7);
        slow.inDetach = bound -> held.pass();
        others.subList(0, 6).forEach(other -> other.inDetach = bound -> held.pass());
        Running<Void> going = stage.act("going", providers::stop);
        held.awaitEntered();
        others.subList(6, OTHERS).forEach(other -> journal.awaitEvent(other.toString(), CLEANUP_END));
        going.awaitWaiting();
        held.release();
        going.join();
    }
}
