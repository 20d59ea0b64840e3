package io.nmr.typed.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallGate;
import io.nmr.typed.Garbage;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateExitTest {

    @Test
    void T4_aStageThatRunsItTwice_endsTheCallOnce() {
        CallGate gate = CallGate.open().gate();
        gate.enter();
        LateExit exit = new LateExit(gate, gate.enter());
        exit.run();
        exit.run();
        assertThat(gate.inProgress()).isOne();
    }

    @Test
    void R7_onceTheCallHasEnded_itKeepsNothingOfTheBinding() {
        TestTracked tracked = TestTracked.of(null);
        tracked.enterAsync();
        LateExit exit = tracked.exitLater();
        WeakReference<TestTracked> gone = new WeakReference<>(tracked);
        exit.run();
        tracked = null;

        Garbage.awaitGone(List.of(gone));
        Reference.reachabilityFence(exit);
    }
}
