package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A gate whose calls are counted in cells, without races: what it answers is what one word would. */
class InflatedGateTest {

    private final CallGate.Closer closer = CallGate.open();
    private final CallGate gate = closer.gate();
    private final AtomicInteger completions = new AtomicInteger();

    private NmrStatus close() {
        return closer.close(completions::incrementAndGet);
    }

    @Test
    void T2_T3_callsInTheWordAndInACell_bothAreWaitedFor_whicheverIsLast() {
        for (boolean wordIsLast : new boolean[] {true, false}) {
            CallGate.Closer face = CallGate.open();
            AtomicInteger completed = new AtomicInteger();
            int inWord = face.gate().enter();
            face.gate().inflate();
            int inCell = face.gate().enter();
            assertThat(inWord).isZero();
            assertThat(inCell).isPositive();
            assertThat(face.gate().inProgress()).isEqualTo(2);

            assertThat(face.close(completed::incrementAndGet)).isEqualTo(NmrStatus.PENDING);
            assertThat(face.gate().enter()).isEqualTo(CallGate.REFUSED);
            face.gate().exit(wordIsLast ? inCell : inWord);
            assertThat(completed).hasValue(0);
            assertThat(face.gate().inProgress()).isEqualTo(1);
            face.gate().exit(wordIsLast ? inWord : inCell);
            assertThat(completed).hasValue(1);
        }
    }

    @Test
    void T1_anEntryThatComesToAClosedCell_isRefusedAndUndone() {
        gate.inflate();
        int held = gate.enter();
        assertThat(close()).isEqualTo(NmrStatus.PENDING);
        assertThat(gate.enterCell(held)).isEqualTo(CallGate.REFUSED);
        assertThat(gate.inProgress()).isEqualTo(1);
        gate.exit(held);
        assertThat(completions).hasValue(1);
        assertThat(gate.enterCell(held)).isEqualTo(CallGate.REFUSED);
        assertThat(completions).hasValue(1);
    }

    @Test
    void T2_closeOfAnEmptyGate_answersDrained_asOftenAsItIsAsked() {
        gate.inflate();
        gate.exit(gate.enter());
        assertThat(close()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(close()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(completions).hasValue(0);
    }

    @Test
    void T2_everyPendingClose_isCompleted() {
        gate.inflate();
        int call = gate.enter();
        assertThat(close()).isEqualTo(NmrStatus.PENDING);
        assertThat(close()).isEqualTo(NmrStatus.PENDING);
        gate.exit(call);
        assertThat(completions).hasValue(2);
    }

    @Test
    void T2_closedFirst_itIsNotInflatedAnyMore() {
        int call = gate.enter();
        assertThat(close()).isEqualTo(NmrStatus.PENDING);
        gate.inflate();
        assertThat(gate.enter()).isEqualTo(CallGate.REFUSED);
        gate.exit(call);
        assertThat(completions).hasValue(1);
    }

    @Test
    void T3_callsOfManyThreads_areAllCounted() throws InterruptedException {
        gate.inflate();
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Thread thread = new Thread(() -> tokens.add(gate.enter()));
            thread.start();
            thread.join();
        }
        assertThat(tokens.stream().distinct().count()).as("cells in use").isGreaterThan(1);
        assertThat(gate.inProgress()).isEqualTo(40);
        assertThat(close()).isEqualTo(NmrStatus.PENDING);
        for (int token : tokens) {
            assertThat(completions).hasValue(0);
            gate.exit(token);
        }
        assertThat(completions).hasValue(1);
    }

    @Test
    void T6_aTokenOfACell_admitsCallsThroughIt_andNoneWithoutOne() {
        gate.inflate();
        int held = gate.enter();
        close();
        int within = gate.enterWithin(held);
        assertThat(within).isEqualTo(held);
        gate.exit(held);
        assertThat(completions).hasValue(0);
        gate.exit(within);
        assertThat(completions).hasValue(1);
        assertThatThrownBy(() -> gate.enterWithin(held)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void T4_anAsynchronousCallWithinOneInACell_isCountedThere() {
        gate.inflate();
        assertThat(CallChain.enter(gate)).isTrue();
        assertThat(CallChain.enterAsync(gate)).isTrue();
        int token = CallChain.leave(gate);
        assertThat(token).isPositive();
        CallChain.exit(gate);
        assertThat(gate.inProgress()).isEqualTo(1);
        close();
        gate.exit(token);
        assertThat(completions).hasValue(1);
    }

    @Test
    void T4_anAsynchronousCallWithinOneInTheWord_isCountedThere() {
        assertThat(CallChain.enter(gate)).isTrue();
        assertThat(CallChain.enterAsync(gate)).isTrue();
        assertThat(CallChain.leave(gate)).isZero();
        assertThat(gate.inProgress()).isEqualTo(2);
        gate.exit(0);
        CallChain.exit(gate);
    }

    @Test
    void tokensThatNoGateAnswers_areRefused() {
        assertThatThrownBy(() -> gate.exit(1)).isInstanceOf(IllegalArgumentException.class);
        gate.inflate();
        for (int token : new int[] {-2, CallGate.REFUSED, Cells.COUNT + 1}) {
            assertThatThrownBy(() -> gate.exit(token)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> gate.exit(Cells.COUNT)).isInstanceOf(IllegalStateException.class);
        assertThat(gate.inProgress()).isZero();
    }
}
