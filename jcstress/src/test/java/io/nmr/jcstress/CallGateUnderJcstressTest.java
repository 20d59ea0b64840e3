package io.nmr.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The races of the gate, and of what else there is, as they are; and of two that each lack something, which jcstress has to find. */
class CallGateUnderJcstressTest {

    private static final String WITHOUT_CLAIM = "withoutclaim.RefusedEnterAndLastExit.TwoCellsLeft";
    private static final String WITHOUT_CLOSED = "withoutclosed.EnterAndClose.InCell";

    private static Effort effort;
    private static Harness run;

    @BeforeAll
    static void runJcstress() throws Exception {
        effort = Effort.asked();
        assertThat(Runtime.getRuntime().availableProcessors())
                .as("processors, for all races of %s", effort)
                .isGreaterThanOrEqualTo(effort.processors());
        run = Harness.run(effort, WITHOUT_CLAIM, WITHOUT_CLOSED);
    }

    @Test
    void T1_T2_T3_everyRacingPair_comesToNothingForbidden() {
        assertThat(run.passed()).as(run.output()).hasSize(effort.tests());
        assertThat(run.failed()).as(run.output()).isSubsetOf(WITHOUT_CLAIM, WITHOUT_CLOSED);
    }

    @Test
    void aGateWithoutTheClaim_isCaught() {
        assertThat(run.forbidden()).as(run.output()).contains(WITHOUT_CLAIM);
    }

    @Test
    void aGateWithoutClosedInEveryCell_isCaught() {
        assertThat(run.forbidden()).as(run.output()).contains(WITHOUT_CLOSED);
    }
}
