package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.tck.History.What;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** T: the gate that a registrar's users get for their calls, by itself and under a registrar. */
final class CallGateRulesTest extends ConformanceTest {

    private static final int ROUNDS = 100;

    private final CallGate.Closer closer = CallGate.open();
    private final CallGate gate = closer.gate();
    private final AtomicInteger completions = new AtomicInteger();

    private NmrStatus close() {
        return closer.close(completions::incrementAndGet);
    }

    @Test
    void T1_enterIsCounted_untilItExits_andRefusedOnceClosed() {
        int first = gate.enter();
        int second = gate.enter();
        assertNotEquals(CallGate.REFUSED, first);
        assertEquals(2, gate.inProgress());
        gate.exit(second);
        assertEquals(1, gate.inProgress());
        close();
        assertEquals(CallGate.REFUSED, gate.enter());
        assertFalse(CallChain.enter(gate));
        assertEquals(1, gate.inProgress());
        gate.exit(first);
        assertEquals(CallGate.REFUSED, gate.enter());
        assertEquals(0, gate.inProgress());
    }

    @Test
    void T2_closeOfAnEmptyGate_answersDrained_andItsCompletionNeverRuns() {
        gate.exit(gate.enter());
        assertEquals(NmrStatus.SUCCESS, close());
        assertEquals(NmrStatus.SUCCESS, close());
        assertEquals(0, completions.get());
    }

    @Test
    void T2_closeWithCallsInProgress_theLastExitCompletes_once() {
        int first = gate.enter();
        int last = gate.enter();
        assertEquals(NmrStatus.PENDING, close());
        gate.exit(first);
        assertEquals(0, completions.get());
        gate.exit(last);
        assertEquals(1, completions.get());
        assertThrows(IllegalStateException.class, () -> gate.exit(last));
        assertEquals(1, completions.get());
    }

    @Test
    void T2_somebodyWaits_theCleanupsRunThere_andNotOnTheThreadOfTheLastExit() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        bench.attach(provider, client);
        int token = client.link().enter();
        bench.deregister(provider);
        history.await(What.DETACH_END, client);
        Crew.Member<Void> waiting = bench.crew.run(() -> bench.awaitComplete(provider));
        waiting.awaitBlocked();
        Thread exits = bench.crew.elsewhere(() -> {
            client.link().exit(token);
            return Thread.currentThread();
        });
        waiting.join();
        assertNotSame(exits, history.only(What.CLEANUP, client).thread());
        assertNotSame(exits, history.only(What.CLEANUP, provider).thread());
    }

    /** Each call is entered or refused; nothing is complete while one is inside; all is complete once, at the end. */
    @Test
    void T3_callersRaceTheClose_noneIsMissed_andTheCompletionComesOnce() {
        for (int round = 0; round < ROUNDS; round++) {
            Race race = new Race(CallGate.open());
            bench.crew.together(Stream.concat(Stream.<Runnable>of(race::close), Stream.generate(() -> (Runnable) race::call)
                    .limit(3)).toList());
            race.check();
        }
    }

    private final class Race {

        private final CallGate.Closer closer;
        private final AtomicLong inside = new AtomicLong();
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger drained = new AtomicInteger();
        private final AtomicInteger insideWhenDrained = new AtomicInteger();

        Race(CallGate.Closer closer) {
            this.closer = closer;
        }

        void call() {
            int token = closer.gate().enter();
            while (token != CallGate.REFUSED) {
                inside.incrementAndGet();
                calls.incrementAndGet();
                inside.decrementAndGet();
                closer.gate().exit(token);
                token = closer.gate().enter();
            }
        }

        /** In the middle of calls. */
        void close() {
            history.await("calls", () -> calls.get() >= 100);
            if (closer.close(this::drained).isSuccess()) {
                drained();
            }
        }

        private void drained() {
            insideWhenDrained.addAndGet((int) inside.get());
            drained.incrementAndGet();
        }

        void check() {
            history.await("drained", () -> drained.get() > 0);
            assertEquals(1, drained.get());
            assertEquals(0, insideWhenDrained.get(), "calls inside when drained");
            assertEquals(0, closer.gate().inProgress());
        }
    }

    @Test
    void T3_callersRaceTheDetach_noCleanupWhileACallIsInProgress() {
        TestClient client = bench.client("c");
        TestProvider provider = bench.provider("p");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger cut = new AtomicInteger();
        provider.onCleanup = link -> cut.addAndGet(inside.get());
        bench.attach(provider, client);
        CallGate calls = client.link().gate.gate();
        Runnable calling = () -> {
            for (int token = calls.enter(); token != CallGate.REFUSED; token = calls.enter()) {
                inside.incrementAndGet();
                Thread.yield();
                inside.decrementAndGet();
                calls.exit(token);
            }
        };
        bench.crew.together(List.of(calling, calling, () -> bench.deregister(provider)));
        bench.awaitComplete(provider);
        assertEquals(0, cut.get(), "calls in progress at the cleanup");
        assertEquals(0, calls.inProgress());
    }

    @Test
    void T4_anAsynchronousCall_staysCounted_whenItHasLeftItsThread() {
        assertTrue(CallChain.enterAsync(gate));
        int token = CallChain.leave(gate);
        assertFalse(CallChain.isInside(gate));
        assertEquals(1, gate.inProgress());
        assertEquals(NmrStatus.PENDING, close());
        bench.crew.elsewhere(() -> {
            gate.exit(token);
            return null;
        });
        assertEquals(1, completions.get());
    }

    @Test
    void T4_anAsynchronousCallInsideAnother_outlastsIt() {
        assertTrue(CallChain.enter(gate));
        assertTrue(CallChain.enterAsync(gate));
        int token = CallChain.leave(gate);
        CallChain.exit(gate);
        assertEquals(1, gate.inProgress());
        assertEquals(NmrStatus.PENDING, close());
        gate.exit(token);
        assertEquals(1, completions.get());
    }

    /** What it costs is measured elsewhere; that it leaves nothing to the garbage collector can be told here. */
    @Test
    void T5_enteringAndExiting_allocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        call(20_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        call(20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 20_000, () -> "20000 calls, tracked and bare, allocated " + allocated + " bytes");
    }

    private void call(int times) {
        for (int i = 0; i < times; i++) {
            gate.exit(gate.enter());
            CallChain.enter(gate);
            CallChain.exit(gate);
        }
    }

    @Test
    void T6_aToken_keepsTheBindingInProgress_andAdmitsCallsThroughIt() {
        int held = gate.enter();
        assertEquals(NmrStatus.PENDING, close());
        int within = gate.enterWithin(held);
        assertEquals(2, gate.inProgress());
        gate.exit(held);
        assertEquals(0, completions.get());
        gate.exit(within);
        assertEquals(1, completions.get());
    }

    @Test
    void T6_whatACallInProgressCallsFurther_isAdmittedWhileTheBindingDetaches() {
        assertTrue(CallChain.enter(gate));
        assertEquals(NmrStatus.PENDING, close());
        assertTrue(CallChain.enter(gate));
        CallChain.exit(gate);
        assertEquals(0, completions.get());
        assertTrue(CallChain.enterAsync(gate));
        CallChain.exit(gate);
        CallChain.exit(gate);
        assertEquals(1, completions.get());
        assertFalse(CallChain.enter(gate));
    }
}
