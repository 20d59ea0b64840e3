package io.nmr.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The races of the gate and of the engine: jcstress finds nothing forbidden. */
class CallGateUnderJcstressTest {

    private static Effort effort;
    private static Harness run;

    @BeforeAll
    static void runJcstress() throws Exception {
        effort = Effort.asked();
        assertThat(Runtime.getRuntime().availableProcessors())
                .as("processors, for all races of %s", effort)
                .isGreaterThanOrEqualTo(effort.processors());
        run = Harness.run(effort);
    }

    @Test
    void T1_T2_T3_everyRacingPair_comesToNothingForbidden() {
        assertThat(run.passed()).as(run.output()).hasSize(effort.tests());
        assertThat(run.failed()).as(run.output()).isEmpty();
    }
}
