package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.DETACH;
import static io.nmr.itests.kit.Moment.DETACH_END;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.nmr.api.NpiId;
import io.nmr.itests.kit.Await;
import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import io.nmr.itests.kit.TestClient;
import io.nmr.itests.kit.TestProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.Test;
import org.osgi.framework.Bundle;

/** The threads that call modules of bundles that do not stop, and callbacks that keep them, while others wait for theirs. */
public class CallbackPoolIT extends ConfiguredTest {

    @Test
    public void design5_sizeOfTheCallbackPool_isThatOfTheSettings_whileItRuns() throws Exception {
        Set<Thread> before = callbackThreads();
        set("nmr.callback.threads", 11);
        Await.until("11 threads", () -> callbackThreads().size() == 11);
        assertTrue(callbackThreads().containsAll(before));
        set("nmr.callback.threads", 2);
        Await.until("2 threads", () -> callbackThreads().size() == 2);
        bind();
        assertEquals("P:x", client.call("x"));
    }

    /** Clients whose detach callbacks never return, each of an NPI of its own, and the bundle of their providers. */
    private Bundle stuckClients(int number, Hold hold) {
        List<TestProvider> theirs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            NpiId npi = new NpiId(new UUID(8, i));
            TestClient stuck = stage.add(new TestClient(journal, "stuck" + i, npi));
            stuck.inDetach = bound -> hold.pass();
            stage.publish("bundle.stuck" + i, stuck);
            theirs.add(stage.add(new TestProvider(journal, "P" + i, npi)));
        }
        return stage.publish("bundle.q", theirs.toArray(TestProvider[]::new));
    }

    @Test
    public void design5_callbacksThatDoNotReturn_areReplacedOnTheirThreads_soThatOthersAreTold() throws Exception {
        stage.expect("NMR301");
        set("nmr.callback.threads", 1);
        Hold hold = stage.hold("the detach callbacks", 3);
        Bundle stuck = stuckClients(3, hold);
        bind();
        Running<Void> held = stage.act("held", stuck::stop);
        hold.awaitEntered();
        stage.act("stop", providers::stop).join();
        journal.assertOrder(CLEANUP_END.of("C"), STOP.of("bundle.p"));
        assertFalse("not one of those that are stuck", held.isDone());
        assertTrue(callbackThreads().size() <= 4);
        hold.release();
        held.join();
        Await.until("one thread again", () -> callbackThreads().size() == 1);
    }

    @Test
    public void design5_moreCallbacksThatDoNotReturn_thanThereMayBeThreads_theStopIsBoundedByItsTimeout() throws Exception {
        stage.expect("NMR202", "NMR301", "NMR303");
        set("nmr.callback.threads", 1);
        Hold hold = stage.hold("the detach callbacks", 4);
        Bundle stuck = stuckClients(4, hold);
        client = stage.client("C");
        provider = stage.provider("P");
        stage.publish("bundle.c", client);
        providers = stage.publish("bundle.p");
        stage.plan(providers).publish(provider, new Hashtable<>(Map.of("nmr.detach.timeout", 100)));
        Running<Void> held = stage.act("held", stuck::stop);
        hold.awaitEntered();
        stage.log.awaitAny("NMR303");
        assertTrue(stage.log.only("NMR303").contains("keep all 4"));
        stage.act("stop", providers::stop).join();
        assertEquals(0, journal.count("C", DETACH));
        hold.release();
        held.join();
        journal.awaitEvent("C", CLEANUP_END);
    }

    @Test
    public void design5_ownCallback_thatBeginsAfterTheTimeout_runsOnThePool_soThatManySlowOnesDoNotAddUp() throws Exception {
        stage.expect("NMR202", "NMR301");
        set("nmr.detach.timeout", 100);
        bind();
        stage.publish("bundle.c2", stage.client("C2"));
        Hold hold = stage.hold("P's first detach");
        provider.inDetach = bound -> hold.pass();
        Running<Void> stop = stage.act("stop", providers::stop);
        hold.awaitEntered();
        stage.log.awaitAny("NMR301");
        hold.release();
        stop.join();
        Await.until("both told", () -> journal.count("P", DETACH_END) == 2, journal);
        assertEquals(stop.thread(), journal.all("P", DETACH).get(0).thread());
        assertTrue(journal.all("P", DETACH).get(1).thread().getName().startsWith("nmr-callback"));
    }

    private static Set<Thread> callbackThreads() {
        Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("nmr-callback"));
        return threads;
    }
}
