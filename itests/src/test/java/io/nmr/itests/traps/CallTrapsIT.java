package io.nmr.itests.traps;

import static io.nmr.itests.kit.Moment.CALL;
import static io.nmr.itests.kit.Moment.CLEANUP;
import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH_PENDING;
import static io.nmr.itests.kit.Moment.STOP;
import static io.nmr.itests.kit.Moment.WANTED;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotSame;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;

import io.nmr.api.CallGate;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Plan;
import io.nmr.itests.kit.Publishing;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Traps of counting calls, and of who does the rest when the last one ends. */
public class CallTrapsIT extends TrapsTest {

    /** A lost wake-up is a stop that waits for its timeout, and fails the test. */
    @Test
    public void Trap19_entriesThatRaceTheStop_loseNoWakeUp() throws Exception {
        bind();
        for (int round = 0; round < 4 * ROUNDS; round++) {
            TestClient.Bound bound = client.bounds.get(client.bounds.size() - 1);
            together(() -> bound.call("x"), providers::stop);
            assertNull(bound.call("later"));
            providers.start();
        }
        provider.checkNotTorn();
    }

    @Test
    public void Trap20_newCallsWhileDraining_areRefused_andTheCountReachesZero() throws Exception {
        bind();
        Running<String> call = stage.heldCall(client, provider);
        Running<Void> stop = stage.act("stop", providers::stop);
        journal.awaitEvent("C", DETACH_PENDING);
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch refused = new CountDownLatch(4);
        List<Running<Void>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(stage.run("caller", () -> {
                while (!enough.get()) {
                    assertNull(client.call("x"));
                    refused.countDown();
                }
                return null;
            }));
        }
        Await.until("all callers are refused", () -> refused.getCount() == 0);
        assertEquals(1, client.bound().closer.gate().inProgress());
        provider.echoed.release();
        assertEquals("P:hello", call.join());
        stop.join();
        enough.set(true);
        callers.forEach(Running::join);
        assertEquals("of all of them one got through", 1, journal.count("P", CALL));
    }

    /** An activator whose stop takes a monitor. */
    private final class Locking implements Plan {

        private final Plan plan;
        private final Object monitor;

        private Locking(Plan plan, Object monitor) {
            this.plan = plan;
            this.monitor = monitor;
        }

        @Override
        public void start(BundleContext context) throws Exception {
            plan.start(context);
        }

        @Override
        public void stop(BundleContext context) throws Exception {
            journal.add("monitor", WANTED);
            synchronized (monitor) {
                plan.stop(context);
            }
        }
    }

    /** The thread that ends the last call, and holds a monitor that the stop wants, does nothing of the stop. */
    @Test
    public void Trap22_lastCallEndsInsideAMonitor_theRestOfTheStopRunsOnTheStoppingThread() {
        Object monitor = new Object();
        client = stage.client("C");
        provider = stage.provider("P");
        clients = stage.publish("bundle.c", client);
        Bundle locking = stage.install("bundle.p",
                new Locking(new Publishing(journal, "bundle.p", provider), monitor));
        stage.start(locking);
        CallGate gate = client.bound().closer.gate();
        Hold inside = stage.hold("the call");
        Hold over = stage.hold("the call is over, its thread still inside the monitor");
        Running<Void> caller = stage.act("caller", () -> {
            int call = gate.enter();
            synchronized (monitor) {
                inside.pass();
                gate.exit(call);
                over.pass();
            }
        });
        inside.awaitEntered();
        Running<Void> stop = stage.act("stop", locking::stop);
        stop.awaitWaiting();
        inside.release();
        over.awaitEntered();
        journal.awaitEvent("monitor", WANTED);
        journal.assertOrder(CLEANUP_END.of("C"), WANTED.of("monitor"));
        journal.assertOrder(CLEANUP_END.of("P"), WANTED.of("monitor"));
        over.release();
        caller.join();
        stop.join();
        assertSame(stop.thread(), journal.only("P", CLEANUP).thread());
        assertSame(stop.thread(), journal.only("bundle.p", STOP).thread());
        assertNotSame(caller.thread(), journal.only("C", CLEANUP).thread());
    }
}
