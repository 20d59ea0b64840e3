package io.nmr.conformance.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every rule has its tests, and the document that says so is what the tests are today. */
class ConformanceDocumentTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path DOCUMENT = PROJECT.resolve("docs/conformance.md");
    private static final String RENEW = "mvn -q test -pl proof/tck -am -Dtest=ConformanceDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dnmr.conformance=renew";

    private List<Rule> rules;
    private List<TestOfRule> tests;

    @BeforeEach
    void read() throws IOException {
        rules = Rule.of(PROJECT.resolve("docs/protocol.md"));
        tests = TestOfRule.of(PROJECT);
    }

    @Test
    void everyRule_hasATest_andThoseOfTheKitOneThatARunExpresses() {
        for (Rule rule : rules) {
            Stream<TestOfRule> its = tests.stream().filter(test -> test.rules().contains(rule.number()));
            assertThat(its.filter(test -> !rule.isOfTheKit() || isRun(test)))
                    .as("tests of %s, %s", rule.number(), rule.text())
                    .isNotEmpty();
        }
    }

    private static boolean isRun(TestOfRule test) {
        return test.isOfTheKit() && Run.all().stream().anyMatch(run -> run.expresses(test));
    }

    /** Nothing that looks like a rule has been read over: the families are there, and their numbers have no gap. */
    @Test
    void theRulesOfEachFamily_areNumberedFromOne() {
        for (String family : List.of("R", "A", "D", "C", "O", "T")) {
            List<String> numbers = rules.stream().map(Rule::number).filter(each -> each.startsWith(family)).toList();
            assertThat(numbers).isNotEmpty();
            assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).mapToObj(n -> family + n).toList());
        }
    }

    @Test
    void everyTestNamedForARule_isNamedForOneOfTheProtocol() {
        List<String> numbers = rules.stream().map(Rule::number).toList();
        assertThat(tests).allSatisfy(test -> assertThat(numbers).as("%s", test).containsAll(test.rules()));
    }

    @Test
    void whatARunHasNoWordsFor_isARuleOrATestOfTheKit() {
        TreeSet<String> known = new TreeSet<>();
        rules.forEach(rule -> known.add(rule.number()));
        tests.stream().filter(TestOfRule::isOfTheKit).forEach(test -> known.add(test.name()));
        assertThat(Run.all()).allSatisfy(run -> assertThat(known).containsAll(run.inexpressible().keySet()));
    }

    @Test
    void theDocument_isWhatTheTestsAreToday() throws IOException {
        String generated =
                new ConformanceDocument(rules, tests, Result.of(PROJECT.resolve("docs/results")), RENEW).text();
        if (Objects.equals(System.getProperty("nmr.conformance"), "renew")) {
            Files.writeString(DOCUMENT, generated);
        }
        assertThat(DOCUMENT).as("docs/conformance.md; renew it with: %s", RENEW).content().isEqualTo(generated);
    }
}
