package io.nmr.jcstress;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nmr.api.CallsModel;
import io.nmr.api.LastExitModel;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same gates, model checked: where jcstress tries its luck, Lincheck goes through the ways to take turns. */
class CallGateUnderLincheckTest {

    @BeforeAll
    static void onJava17() {
        boolean supported = Runtime.version().feature() == 17;
        if (!supported) {
            System.out.println("Lincheck is skipped: on Java " + Runtime.version().feature() + " it misses races.");
        }
        assumeTrue(supported);
    }

    @Test
    void T1_T2_T3_inTheWord() {
        calls().check(CallsModel.InWord.class);
    }

    @Test
    void T1_T2_T3_inACell() {
        calls().check(CallsModel.InCell.class);
    }

    @Test
    void T2_T3_lastExitAndRefusedEnter() {
        lastExit().check(LastExitModel.class);
    }

    static ModelCheckingOptions calls() {
        return options(10).threads(2).actorsPerThread(2);
    }

    static ModelCheckingOptions lastExit() {
        return options(5).threads(2).actorsPerThread(1);
    }

    private static ModelCheckingOptions options(int scenarios) {
        return new ModelCheckingOptions()
                .iterations(scenarios)
                .invocationsPerIteration(1_000)
                .actorsBefore(0)
                .actorsAfter(0)
                .logLevel(LoggingLevel.ERROR)
                .minimizeFailedScenario(false);
    }
}
