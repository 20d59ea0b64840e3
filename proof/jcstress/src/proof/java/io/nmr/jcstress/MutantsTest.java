package io.nmr.jcstress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** jcstress and Lincheck find what they are for: two gates and an engine that each lack one line. */
@Tag("proof")
class MutantsTest {

    private static final String WITHOUT_CLAIM = "withoutclaim.RefusedEnterAndLastExit.TwoCellsLeft";
    private static final String WITHOUT_CLOSED = "withoutclosed.EnterAndClose.InCell";

    @Test
    void gatesThatLackALine_areCaughtByJcstress() throws Exception {
        Harness run = Harness.run(Effort.MUTANTS, WITHOUT_CLAIM, WITHOUT_CLOSED);
        assertThat(run.forbidden()).as(run.output()).contains(WITHOUT_CLAIM, WITHOUT_CLOSED);
    }

    @Test
    void aGateWithoutTheClaim_isCaughtByLincheck() {
        check(CallGateUnderLincheckTest.lastExit(), io.nmr.api.withoutclaim.LastExitModel.class);
    }

    @Test
    void aGateWithoutClosedInEveryCell_isCaughtByLincheck() {
        check(CallGateUnderLincheckTest.calls(), io.nmr.api.withoutclosed.CallsModel.InCell.class);
    }

    @Test
    void anEngineWhoseCommitsHaveNoLock_isCaughtByLincheck() {
        check(EngineUnderLincheckTest.options(), io.nmr.engine.withoutlock.RegistrationModel.class);
    }

    private static void check(ModelCheckingOptions options, Class<?> model) {
        assumeTrue(Runtime.version().feature() == 17, "on later versions of Java Lincheck misses races");
        assertThatThrownBy(() -> options.check(model)).isInstanceOf(LincheckAssertionError.class);
    }
}
