package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** T1 to T3: many closes, each in the middle of calls. {@code -Pjcstress} makes it a million. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class CallGateRaceTest {

    private static final int GATES = Integer.getInteger("nmr.gates", 20_000);
    private static final int BLOCK = 1_000;
    private static final int CALLERS = 3;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @AfterEach
    void joinCallers() throws InterruptedException {
        callers.shutdown();
        assertThat(callers.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void T1_T2_T3_closesInTheMiddleOfCalls_noCallLost_noneCountedTwice_oneCompletion() throws Exception {
        for (int closed = 0; closed < GATES; closed += BLOCK) {
            List<RacedGate> gates = block();
            List<Future<?>> calling = callAll(gates);
            gates.forEach(CallGateRaceTest::closeInTheMiddle);
            for (Future<?> each : calling) {
                each.get(60, TimeUnit.SECONDS);
            }
            assertThat(gates).extracting(RacedGate::verdict).containsOnlyNulls();
        }
    }

    /** Every other one as if it had been contended for before; the rest may come to it. */
    private static List<RacedGate> block() {
        List<RacedGate> gates = new ArrayList<>();
        for (int i = 0; i < BLOCK; i++) {
            gates.add(new RacedGate(i % 2 == 0));
        }
        return gates;
    }

    private List<Future<?>> callAll(List<RacedGate> gates) {
        List<Future<?>> calling = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calling.add(callers.submit(() -> gates.forEach(RacedGate::call)));
        }
        return calling;
    }

    private static void closeInTheMiddle(RacedGate gate) {
        await(gate::isCalled);
        gate.close();
        await(gate::isDrained);
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(PATIENCE);
            Thread.yield();
        }
    }
}
