package io.nmr.conformance.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mutant is caught by a test that is named for the rule that it breaks, and the product passes all of them. Most of
 * the time a caught mutant is waited for in vain, so several run at a time.
 */
@Tag("proof")
@Execution(ExecutionMode.CONCURRENT)
class MutantsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(750);

    static Stream<Mutant> mutants() {
        return Mutants.all().stream();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutant_isCaughtByATestOfItsRule(Mutant mutant) {
        KitRun run = KitRun.of(KitRun.testsOf(mutant.rule()), MutantLoader.of(mutant), SHORT, SHORT.multipliedBy(4));
        assertThat(run.failed()).as("tests that catch %s; passed: %s", mutant, run.passed()).isNotEmpty();
        assertThat(run.unlinked()).as("why %s does not even link", mutant).isEmpty();
    }

    @Test
    void theProduct_passesAllTests() {
        KitRun run = KitRun.of(KitRun.tests().stream(), MutantLoader.unmutated(), LONG, LONG.multipliedBy(3));
        assertThat(run.failed()).isEmpty();
        assertThat(run.passed()).hasSameSizeAs(KitRun.tests());
    }

    /** Or {@link Mutants#RULES_WITHOUT} says why there is none. */
    @Test
    void everyRuleOfTheKit_hasAMutant() {
        TreeSet<String> without = new TreeSet<>();
        KitRun.tests().forEach(test -> without.add(test.getName().substring(0, test.getName().indexOf('_'))));
        Mutants.all().forEach(mutant -> without.remove(mutant.rule()));
        assertThat(Mutants.RULES_WITHOUT).containsOnlyKeys(without);
    }
}
