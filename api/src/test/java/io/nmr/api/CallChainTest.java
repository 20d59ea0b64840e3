package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallChainTest {

    private final CallGate.Closer closer = CallGate.open();
    private final CallGate gate = closer.gate();
    private final CallGate other = CallGate.open().gate();

    @AfterEach
    void everyCallHasEnded() {
        assertThat(CallChain.snapshot()).isEmpty();
        assertThat(gate.inProgress()).isZero();
        assertThat(other.inProgress()).isZero();
    }

    @Test
    void enter_isCountedAndOnTheChainUntilExit() {
        assertThat(CallChain.enter(gate)).isTrue();
        assertThat(gate.inProgress()).isEqualTo(1);
        assertThat(CallChain.isInside(gate)).isTrue();
        assertThat(CallChain.isInside(other)).isFalse();
        CallChain.exit(gate);
    }

    @Test
    void T1_enter_closed_isRefusedAndNotOnTheChain() {
        closer.close(() -> { });

        assertThat(CallChain.enter(gate)).isFalse();
        assertThat(CallChain.enterAsync(gate)).isFalse();
        assertThat(CallChain.isInside(gate)).isFalse();
    }

    @Test
    void T6_enter_insideWhileClosing_isAdmittedAndCountedOnce() {
        CallChain.enter(gate);
        CallChain.enter(other);
        closer.close(() -> { });

        assertThat(CallChain.enter(gate)).isTrue();
        assertThat(CallChain.enter(gate)).isTrue();
        assertThat(gate.inProgress()).isEqualTo(1);
        assertThat(CallChain.snapshot()).containsExactly(gate.number(), other.number());

        CallChain.exit(gate);
        CallChain.exit(gate);
        CallChain.exit(other);
        CallChain.exit(gate);
    }

    @Test
    void T4_enterAsync_insideWhileClosing_outlastsTheOuterCall() {
        CallChain.enter(gate);
        List<String> drained = new ArrayList<>();
        closer.close(() -> drained.add("drained"));
        CallChain.enter(gate);
        assertThat(CallChain.enterAsync(gate)).isTrue();
        int token = CallChain.leave(gate);
        CallChain.exit(gate);
        CallChain.exit(gate);

        assertThat(CallChain.isInside(gate)).isFalse();
        assertThat(gate.inProgress()).isEqualTo(1);
        assertThat(drained).isEmpty();
        gate.exit(token);
        assertThat(drained).containsExactly("drained");
    }

    @Test
    void push_endsAsAnyOther() {
        CallChain.push(gate, gate.enter());
        CallChain.push(gate, gate.enter());
        assertThat(gate.inProgress()).isEqualTo(2);
        CallChain.exit(gate);
        gate.exit(CallChain.leave(gate));
    }

    @Test
    void exit_notTheInnermost_isMisuseAndChangesNothing() {
        assertThatIllegalStateException().isThrownBy(() -> CallChain.exit(gate));
        CallChain.enter(gate);
        CallChain.enter(other);
        assertThatIllegalStateException().isThrownBy(() -> CallChain.exit(gate));
        CallChain.exit(other);
        CallChain.exit(gate);
    }

    @Test
    void leave_notCounted_isMisuseAndChangesNothing() {
        assertThatIllegalStateException().isThrownBy(() -> CallChain.leave(gate));
        CallChain.enter(gate);
        CallChain.enter(gate);
        assertThatIllegalStateException().isThrownBy(() -> CallChain.leave(gate));
        CallChain.exit(gate);
        CallChain.exit(gate);
    }

    @Test
    void push_refusedToken_isMisuse() {
        assertThatIllegalArgumentException().isThrownBy(() -> CallChain.push(gate, CallGate.REFUSED));
    }

    @Test
    void enter_deeperThanTheArrays_grows() {
        for (int i = 0; i < 1000; i++) {
            assertThat(CallChain.enter(i % 2 == 0 ? gate : other)).isTrue();
        }
        assertThat(CallChain.snapshot()).containsExactly(other.number(), gate.number());
        for (int i = 999; i >= 0; i--) {
            CallChain.exit(i % 2 == 0 ? gate : other);
        }
    }

    @Test
    void begin_endsWithWhatItAnswered() {
        Object begun = CallChain.begin(gate);
        assertThat(gate.inProgress()).isEqualTo(1);
        assertThat(CallChain.isInside(gate)).isTrue();
        CallChain.end(gate, begun);
        assertThat(CallChain.isInside(gate)).isFalse();
    }

    @Test
    void T1_begin_closed_isRefusedAndNotOnTheChain() {
        closer.close(() -> { });
        assertThat(CallChain.begin(gate)).isNull();
        assertThat(CallChain.isInside(gate)).isFalse();
    }

    /** What begin answered is out of date once the chain has grown: end looks for the new one. */
    @Test
    void end_ofACallWithinWhichTheChainGrew() {
        Object begun = CallChain.begin(gate);
        recurse(100, gate);
        CallChain.end(gate, begun);
        assertThat(gate.inProgress()).isZero();

        Object again = CallChain.begin(gate);
        recurse(400, other);
        CallChain.end(gate, again);
    }

    private static void recurse(int depth, CallGate through) {
        Object begun = CallChain.begin(through);
        if (depth > 0) {
            recurse(depth - 1, through);
        }
        CallChain.end(through, begun);
    }

    @Test
    void end_notTheInnermost_isMisuseAndChangesNothing() {
        Object outer = CallChain.begin(gate);
        Object inner = CallChain.begin(other);
        assertThatIllegalStateException().isThrownBy(() -> CallChain.end(gate, outer));
        assertThatIllegalStateException().isThrownBy(() -> CallChain.end(gate, null));
        CallChain.end(other, inner);
        CallChain.end(gate, outer);
        assertThatIllegalStateException().isThrownBy(() -> CallChain.end(gate, outer));
    }

    @Test
    void threads_haveChainsOfTheirOwn() throws InterruptedException {
        CallChain.enter(gate);
        List<Long> seen = new ArrayList<>(List.of(other.number()));
        Thread thread = new Thread(() -> {
            seen.clear();
            seen.addAll(CallChain.snapshot());
        });
        thread.start();
        thread.join();

        assertThat(seen).isEmpty();
        CallChain.exit(gate);
    }

    @Test
    void R7_pooledThread_keepsNoGate() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            WeakReference<CallGate> gone = pool.submit(CallChainTest::callThroughGateOfItsOwn).get();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (gone.get() != null && System.nanoTime() < deadline) {
                System.gc();
            }
            assertThat(gone.get()).isNull();
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static WeakReference<CallGate> callThroughGateOfItsOwn() {
        CallGate own = CallGate.open().gate();
        CallChain.enter(own);
        CallChain.exit(own);
        return new WeakReference<>(own);
    }
}
