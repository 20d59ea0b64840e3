package io.nmr.jcstress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What jcstress runs, how much it tries, and how long it may take. */
enum Effort {
    /** For every build: on two processors, the virtual machine as it comes, a race or two of each pair. */
    QUICK(
            18,
            1,
            "EnterAndClose.In(Word|Cell)|EnterAfterClose.Inflated|ExitAndClose.In(Word|Cell)"
                    + "|LastExits.Of(TwoCells|WordAndCell)|InflationAndClose.(Empty|ByContention)"
                    + "|RefusedEnterAndLastExit.*|CloseAndClose.Of(Word|Cells)|EnterWithin.*|Publication.*|OfferAndTake.ByOne",
            Duration.ofMinutes(5),
            "-iters 1 -time 150 -c 2 -af NONE -jvmArgs -XX:ActiveProcessorCount=2"),

    /** None of the races as they are, for runs of mutants alone. */
    MUTANTS(0, 1, "none", Duration.ofMinutes(5), QUICK.options),

    /** All races, with the virtual machine in every mode that jcstress knows. */
    FULL(31, 4, "[A-Z].*", Duration.ofHours(1), "-iters 5 -time 300");

    private final int tests;
    private final int processors;
    private final String names;
    private final Duration most;
    private final String options;

    Effort(int tests, int processors, String names, Duration most, String options) {
        this.tests = tests;
        this.processors = processors;
        this.names = names;
        this.most = most;
        this.options = options;
    }

    /** As the build asks for. */
    static Effort asked() {
        return valueOf(System.getProperty("jcstress.effort", "quick").toUpperCase(Locale.ROOT));
    }

    /** The number of tests of what there is as it is. */
    int tests() {
        return tests;
    }

    /** How many processors it takes: jcstress leaves out, without a word, a race of more threads than there are. */
    int processors() {
        return processors;
    }

    Duration most() {
        return most;
    }

    List<String> options(String... more) {
        String selected = "io.nmr.(api|engine|registrar).(" + names + "|" + String.join("|", more) + ")$";
        return List.of(("-v -f 1 -fsm 1 -sc false -t " + selected + " " + options).split(" "));
    }
}
