package io.nmr.jcstress;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nmr.engine.RegistrationModel;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Registration against deregistration, model checked down to every access: inside commits too, where no test can look. */
class EngineUnderLincheckTest {

    @BeforeAll
    static void onJava17() {
        boolean supported = Runtime.version().feature() == 17;
        if (!supported) {
            System.out.println("Lincheck is skipped: on Java " + Runtime.version().feature() + " it misses races.");
        }
        assumeTrue(supported);
    }

    @Test
    void R6_D1_registrationAgainstDeregistration() {
        options().check(RegistrationModel.class);
    }

    static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(8)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .logLevel(LoggingLevel.ERROR)
                .minimizeFailedScenario(false);
    }
}
