package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** T1 to T3 on one thread: the table of the states of a gate, and its misuse. */
class CallGateRulesTest {

    private static final Runnable NEVER = () -> {
        throw new AssertionError("the completion of a close that answered SUCCESS");
    };

    private final CallGate.Closer closer = CallGate.open();
    private final CallGate gate = closer.gate();
    private final List<String> completions = new ArrayList<>();
    private final List<LogRecord> logged = new ArrayList<>();
    private final Logger log = Logger.getLogger(CallGate.class.getName());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void captureLog() {
        log.addHandler(handler);
        log.setUseParentHandlers(false);
    }

    @AfterEach
    void releaseLog() {
        log.removeHandler(handler);
        log.setUseParentHandlers(true);
    }

    private NmrStatus close(String name) {
        return closer.close(() -> completions.add(name));
    }

    private void isIn(boolean closed, long calls) {
        assertThat(gate.isClosed()).isEqualTo(closed);
        assertThat(gate.inProgress()).isEqualTo(calls);
        assertThat(gate).hasToString(
                "CallGate[" + (closed ? "closed" : "open") + ", " + calls + " in progress]");
        assertThat(closer).hasToString(gate.toString());
    }

    @Test
    void T1_open_enterCounts_exitCountsDown() {
        isIn(false, 0);
        int first = gate.enter();
        int second = gate.enter();
        assertThat(first).isNotNegative();
        isIn(false, 2);
        gate.exit(second);
        gate.exit(first);
        isIn(false, 0);
    }

    @Test
    void T1_closed_enterIsRefused_andCountsNothing() {
        assertThat(close("empty")).isEqualTo(NmrStatus.SUCCESS);
        assertThat(gate.enter()).isEqualTo(CallGate.REFUSED).isNegative();
        isIn(true, 0);
    }

    @Test
    void T1_closedWithCallsInProgress_enterIsRefused() {
        int token = gate.enter();
        assertThat(close("first")).isEqualTo(NmrStatus.PENDING);
        assertThat(gate.enter()).isEqualTo(CallGate.REFUSED);
        isIn(true, 1);
        gate.exit(token);
        isIn(true, 0);
        assertThat(gate.enter()).isEqualTo(CallGate.REFUSED);
    }

    @Test
    void T2_closeOfAnEmptyGate_answersDrained_andItsCompletionNeverRuns() {
        assertThat(closer.close(NEVER)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(closer.close(NEVER)).isEqualTo(NmrStatus.SUCCESS);
        assertThat(logged).isEmpty();
    }

    @Test
    void T2_closeAfterCallsThatAllReturned_answersDrained() {
        gate.exit(gate.enter());
        assertThat(closer.close(NEVER)).isEqualTo(NmrStatus.SUCCESS);
    }

    @Test
    void T2_closeWithCallsInProgress_theLastExitCompletes_once() {
        int first = gate.enter();
        int second = gate.enter();
        assertThat(close("drained")).isEqualTo(NmrStatus.PENDING);
        gate.exit(first);
        assertThat(completions).isEmpty();
        gate.exit(second);
        assertThat(completions).containsExactly("drained");
        assertThat(close("later")).isEqualTo(NmrStatus.SUCCESS);
        assertThat(completions).containsExactly("drained");
    }

    @Test
    void T2_severalCloses_eachPendingOnesCompletionRunsOnce_oldestFirst() {
        int token = gate.enter();
        assertThat(close("owner")).isEqualTo(NmrStatus.PENDING);
        assertThat(close("registrar")).isEqualTo(NmrStatus.PENDING);
        assertThat(close("third")).isEqualTo(NmrStatus.PENDING);
        gate.exit(token);
        assertThat(completions).containsExactly("owner", "registrar", "third");
    }

    @Test
    void T2_theSameCompletionGivenTwice_runsForEachClose() {
        int token = gate.enter();
        Runnable same = () -> completions.add("same");
        closer.close(same);
        closer.close(same);
        gate.exit(token);
        assertThat(completions).hasSize(2);
    }

    @Test
    void T2_aCompletionThatThrows_isContained_andTheOthersRun() {
        int token = gate.enter();
        closer.close(() -> {
            throw new IllegalStateException("broken");
        });
        closer.close(() -> {
            throw new StackOverflowError("broken");
        });
        close("last");
        gate.exit(token);
        assertThat(completions).containsExactly("last");
        assertThat(logged).hasSize(2).allSatisfy(entry -> assertThat(entry.getThrown()).hasMessage("broken"));
    }

    @Test
    void T2_aCompletionWhoseReportFails_isContained_andTheOthersRun() {
        List<Throwable> reported = new ArrayList<>();
        log.setFilter(entry -> {
            reported.add(entry.getThrown());
            throw new OutOfMemoryError("of a test");
        });
        int token = gate.enter();
        closer.close(() -> {
            throw new IllegalStateException("broken");
        });
        close("last");
        try {
            gate.exit(token);
        } finally {
            log.setFilter(null);
        }
        assertThat(reported).singleElement().satisfies(thrown -> assertThat(thrown).hasMessage("broken"));
        assertThat(completions).containsExactly("last");
    }

    @Test
    void T2_aCompletionThatClosesAgain_isAnsweredDrained() {
        int token = gate.enter();
        List<NmrStatus> inner = new ArrayList<>();
        closer.close(() -> inner.add(closer.close(NEVER)));
        gate.exit(token);
        assertThat(inner).containsExactly(NmrStatus.SUCCESS);
        assertThat(logged).isEmpty();
    }

    @Test
    void T2_polledClose_aHundredThousandCompletions_allRun() {
        int token = gate.enter();
        for (int i = 0; i < 100_000; i++) {
            assertThat(close("poll").isSuccess()).isFalse();
        }
        gate.exit(token);
        assertThat(completions).hasSize(100_000);
        assertThat(logged).isEmpty();
    }

    /** Where there was none, whoever waits for the completions would wait for ever. */
    @Test
    void T2_theLastExit_takesNoMemory() {
        assertThat(allocatedByLastExit()).isNotNegative(); // brings into being what the first one needs
        assertThat(allocatedByLastExit()).isZero();
    }

    private static long allocatedByLastExit() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int[] completed = {0};
        CallGate.Closer closer = CallGate.open();
        int token = closer.gate().enter();
        closer.close(() -> completed[0]++);
        closer.close(() -> completed[0]++);
        long before = threads.getCurrentThreadAllocatedBytes();
        closer.gate().exit(token);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(completed[0]).isEqualTo(2);
        return allocated;
    }

    @Test
    void T2_theLastExitOnAnotherThread_runsTheCompletionThere() throws InterruptedException {
        int token = gate.enter();
        List<Thread> threads = new ArrayList<>();
        closer.close(() -> threads.add(Thread.currentThread()));
        Thread exiting = new Thread(() -> gate.exit(token));
        exiting.start();
        exiting.join();
        assertThat(threads).containsExactly(exiting);
    }

    @Test
    void T3_aCallInsideACall_isCountedToo() {
        int outer = gate.enter();
        int inner = gate.enter();
        close("drained");
        gate.exit(inner);
        assertThat(completions).isEmpty();
        gate.exit(outer);
        assertThat(completions).hasSize(1);
    }

    @Test
    void misuse_exitWithoutACall_changesNothing() {
        assertThatThrownBy(() -> gate.exit(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without a call in progress")
                .hasMessageContaining("open, 0 in progress");
        isIn(false, 0);
        close("empty");
        assertThatThrownBy(() -> gate.exit(0)).hasMessageContaining("closed, 0 in progress");
        isIn(true, 0);
    }

    @Test
    void misuse_exitTwice_changesNothing_andNeverCompletesTwice() {
        int token = gate.enter();
        close("drained");
        gate.exit(token);
        assertThatThrownBy(() -> gate.exit(token)).isInstanceOf(IllegalStateException.class);
        assertThat(completions).hasSize(1);
        isIn(true, 0);
    }

    @Test
    void misuse_exitWithAWrongToken_changesNothing() {
        gate.enter();
        for (int wrong : new int[] {CallGate.REFUSED, 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> gate.exit(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("token " + wrong);
        }
        isIn(false, 1);
    }

    @Test
    void misuse_closeWithoutACompletion_changesNothing() {
        assertThatThrownBy(() -> closer.close(null)).isInstanceOf(NullPointerException.class);
        isIn(false, 0);
    }

    @Test
    void T1_T2_aGateThatIsItsOwnersObject_isClosedAsAnyOther() {
        CallGate.Closer owned = new CallGate.Owned() { };
        int token = owned.gate().enter();
        assertThat(owned.close(() -> completions.add("owner's"))).isEqualTo(NmrStatus.PENDING);
        assertThat(owned.gate().enter()).isEqualTo(CallGate.REFUSED);
        assertThat(completions).isEmpty();
        owned.gate().exit(token);
        assertThat(completions).containsExactly("owner's");
        assertThat(owned.close(NEVER)).isEqualTo(NmrStatus.SUCCESS);
        assertThatThrownBy(() -> owned.close(null)).isInstanceOf(NullPointerException.class);
    }
}
