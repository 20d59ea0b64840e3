package io.nmr.itests;

import static io.nmr.itests.kit.Moment.CLEANUP_END;
import static io.nmr.itests.kit.Moment.STOP;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.nmr.itests.kit.Hold;
import io.nmr.itests.kit.Running;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.Test;

/** O3: what follows when the detach timeout has passed, as it is set. */
public class OverduePolicyIT extends ConfiguredTest {

    /** A tracked call that goes on until it is interrupted. */
    private Running<Boolean> trackedCall() {
        Hold inside = stage.hold("the call");
        inside.release();
        Running<Boolean> call = stage.run("call", () -> {
            boolean[] interrupted = new boolean[1];
            client.bound().tracked(() -> {
                inside.pass();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted[0] = true;
                }
            });
            return interrupted[0];
        });
        inside.awaitEntered();
        return call;
    }

    @Test
    public void O3_interrupt_theThreadsInProgressAreInterrupted_andTheStopDrains() throws Exception {
        stage.expect("NMR204");
        bind();
        set("nmr.detach.timeout", 200, "nmr.detach.overdue", "interrupt", "nmr.detach.grace", 60_000);
        Running<Boolean> call = trackedCall();
        stage.act("stop", providers::stop).join();
        assertTrue("interrupted", call.join());
        assertTrue(stage.log.only("NMR204").contains("[call]"));
        assertEquals(1, stage.log.all("NMR201").size());
        journal.assertOrder(CLEANUP_END.of("P"), STOP.of("bundle.p"));
    }

    @Test
    public void O3_interrupt_whoDoesNotCare_isGivenUpAfterTheGrace() throws Exception {
        stage.expect("NMR202", "NMR204");
        bind();
        set("nmr.detach.timeout", 200, "nmr.detach.overdue", "interrupt", "nmr.detach.grace", 200);
        int call = client.bound().closer.gate().enter();
        stage.act("stop", providers::stop).join();
        assertEquals(1, stage.log.all("NMR204").size());
        assertEquals(1, stage.log.all("NMR202").size());
        client.bound().closer.gate().exit(call);
    }

    @Test
    public void O3_interrupt_aCallbackOfTheOwnBundle_isNamed_andNotInterrupted() throws Exception {
        stage.expect("NMR202", "NMR204");
        bind();
        set("nmr.detach.timeout", 100, "nmr.detach.overdue", "interrupt", "nmr.detach.grace", 100);
        Hold blocks = stage.hold("the own callback");
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        provider.inDetach = bound -> {
            blocks.pass();
            interrupted.set(Thread.currentThread().isInterrupted());
        };
        Running<Void> stop = stage.act("stop", providers::stop);
        stage.log.awaitAny("NMR301");
        assertFalse("it keeps its bundle's stop", stop.isDone());
        blocks.release();
        stop.join();
        assertEquals(false, interrupted.get());
    }

    @Test
    public void O3_wait_withoutBound_untilItIsSetOtherwise() throws Exception {
        stage.expect("NMR202");
        bind();
        set("nmr.detach.timeout", 100, "nmr.detach.overdue", "wait");
        int call = client.bound().closer.gate().enter();
        Running<Void> stop = stage.act("stop", providers::stop);
        stage.log.awaitAny("NMR202");
        assertTrue(stage.log.only("NMR202").contains("waits on, as is set, after"));
        stop.awaitWaiting();
        set("nmr.detach.timeout", 100, "nmr.detach.overdue", "proceed");
        stop.join();
        assertTrue(stage.log.all("NMR202").get(1).contains("goes on stopping"));
        client.bound().closer.gate().exit(call);
    }
}
