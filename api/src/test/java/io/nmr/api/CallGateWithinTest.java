package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallGateWithinTest {

    private final CallGate.Closer closer = CallGate.open();
    private final CallGate gate = closer.gate();
    private final AtomicInteger completions = new AtomicInteger();

    @Test
    void T6_enterWithin_closing_isAdmittedAndCounted() {
        int held = gate.enter();
        assertThat(closer.close(completions::incrementAndGet)).isEqualTo(NmrStatus.PENDING);
        assertThat(gate.enter()).isEqualTo(CallGate.REFUSED);

        int within = gate.enterWithin(held);

        assertThat(gate.inProgress()).isEqualTo(2);
        gate.exit(held);
        assertThat(completions).hasValue(0);
        gate.exit(within);
        assertThat(completions).hasValue(1);
    }

    @Test
    void T6_enterWithin_open_isCounted() {
        int held = gate.enter();
        gate.exit(gate.enterWithin(held));

        assertThat(gate.inProgress()).isEqualTo(1);
    }

    @Test
    void enterWithin_noCallInProgress_isMisuseAndChangesNothing() {
        assertThatIllegalStateException().isThrownBy(() -> gate.enterWithin(0));
        assertThat(gate.inProgress()).isZero();

        assertThat(closer.close(completions::incrementAndGet)).isEqualTo(NmrStatus.SUCCESS);
        assertThatIllegalStateException().isThrownBy(() -> gate.enterWithin(0));
        assertThat(gate.inProgress()).isZero();
        assertThat(completions).hasValue(0);
    }

    @Test
    void enterWithin_refusedToken_isMisuse() {
        assertThatIllegalArgumentException().isThrownBy(() -> gate.enterWithin(CallGate.REFUSED));
    }
}
