package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.CallGate;
import io.nmr.api.NpiId;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.List;
import java.util.UUID;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** As {@link DeadlockIT}, but through raw gates: no thread is known inside, so they end at the deadline (O3). */
public class UntrackedDeadlockIT extends OverdueTest {

    @Test
    public void deadlockA_stopInsideATrackedCallOfTheSameBinding_goesOnAtTheDeadline() {
        bind();
        CallGate gate = client.bound().closer.gate();
        long begin = System.nanoTime();
        long took = millis(stage.act("caller", () -> {
            int call = gate.enter();
            providers.stop();
            gate.exit(call);
        }), begin);
        assertTrue(took + " ms", took < BOUNDED_MS);
    }

    @Test
    public void deadlockD_twoCallsThatStopEachOthersProvider_goOnAtTheDeadline() {
        NpiId other = new NpiId(new UUID(3, 3));
        TestClient second = stage.add(new TestClient(journal, "C2", other));
        TestProvider target = stage.add(new TestProvider(journal, "P2", other));
        bind();
        stage.publish("bundle.c2", second);
        Bundle targets = stage.publish("bundle.p2", target);
        Hold both = stage.hold("both calls", 2);
        List<Running<Void>> calls = List.of(
                stage.act("call1", () -> inside(client, both, targets)),
                stage.act("call2", () -> inside(second, both, providers)));
        both.awaitEntered();
        both.release();
        calls.forEach(Running::join);
        assertEquals(1, journal.count("bundle.p", STOP));
        assertEquals(1, journal.count("bundle.p2", STOP));
    }

    private static void inside(TestClient caller, Hold both, Bundle stopped) throws BundleException {
        CallGate gate = caller.bound().closer.gate();
        int call = gate.enter();
        both.pass();
        stopped.stop();
        gate.exit(call);
    }

    @Test
    public void deadlockE_monitorHeldByTheStoppingThread_wantedByTheCall_goesOnAtTheDeadline() {
        bind();
        Object monitor = new Object();
        CallGate gate = client.bound().closer.gate();
        Hold called = stage.hold("inside the monitor");
        Running<Void> stop = stage.act("stop", () -> {
            synchronized (monitor) {
                called.pass();
                providers.stop();
            }
        });
        called.awaitEntered();
        int call = gate.enter();
        Running<Void> caller = stage.act("caller", () -> {
            synchronized (monitor) {
                gate.exit(call);
            }
        });
        called.release();
        stop.join();
        caller.join();
        journal.awaitEvent("C", CLEANUP_END);
        journal.assertOrder(STOP.of("bundle.p"), CLEANUP_END.of("C"));
    }
}
