package io.nmr.typed.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.CallGate;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
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

        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (gone.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        assertThat(gone.get()).isNull();
        Reference.reachabilityFence(exit);
    }
}
