package io.nmr.conformance.document;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.nmr.conformance.mutants.Mutant;
import io.nmr.conformance.mutants.Mutants;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the conformance document: the same text for the same tests and results, wherever and whenever. */
final class ConformanceDocument {

    private final List<Rule> rules;
    private final List<TestOfRule> tests;
    private final List<Result> results;
    private final String renew;
    private final List<String> lines = new ArrayList<>();

    ConformanceDocument(List<Rule> rules, List<TestOfRule> tests, List<Result> results, String renew) {
        this.rules = rules;
        this.tests = tests;
        this.results = results;
        this.renew = renew;
    }

    String text() {
        heading();
        results();
        inexpressible();
        mutants();
        rules();
        return String.join("\n", lines) + "\n";
    }

    private void add(String... more) {
        lines.addAll(List.of(more));
    }

    private void heading() {
        add("# Conformance",
                "",
                "Every rule of [the protocol](protocol.md) with the tests that are named for it. Generated from the tests,",
                "the mutants and `results`; the build fails if it is not what would be generated, or if a rule has no test.",
                "Renew it with",
                "",
                "    " + renew,
                "",
                "| | |",
                "| --- | --- |",
                "| rules | " + rules.size() + " |",
                "| tests named for a rule | " + tests.size() + ", of them " + kit().size()
                        + " in [the conformance kit](../proof/tck) |");
        Run.all().forEach(run -> add("| the kit on " + run.on() + " | "
                + kit().stream().filter(run::expresses).count() + " tests |"));
        add("| mutants | " + Mutants.all().size() + ", each caught by a test of the rule that it breaks |");
    }

    private List<TestOfRule> kit() {
        return tests.stream().filter(TestOfRule::isOfTheKit).toList();
    }

    private void results() {
        for (Result result : results) {
            add("", "## " + result.title(), "", "| | |", "| --- | --- |");
            result.rows().forEach(row -> add("| " + row.replace("|", " | ") + " |"));
            add("", "Measured " + result.measured() + ", by `" + result.renew() + "`.");
        }
    }

    private void inexpressible() {
        add("", "## What a run has no words for", "", "| on | rule or test | why |", "| --- | --- | --- |");
        Run.all().forEach(run -> new TreeMap<>(run.inexpressible())
                .forEach((what, why) -> add("| " + run.on() + " | `" + what + "` | " + why + " |")));
    }

    private void mutants() {
        add("", "## Mutants", "",
                "Each is the product but for a few words of one source file. `mvn verify -Pproof` shows that a test of its rule"
                        + " catches it.",
                "", "| rule | the mutant |", "| --- | --- |");
        for (Mutant mutant : Mutants.all()) {
            add("| " + mutant.rule() + " | " + mutant.what() + " |");
        }
        add("");
        new TreeMap<>(Mutants.RULES_WITHOUT).forEach((rule, why) -> add("No mutant breaks " + rule + ": " + why + "."));
    }

    private void rules() {
        Map<String, List<Rule>> families =
                rules.stream().collect(groupingBy(Rule::family, LinkedHashMap::new, toList()));
        families.forEach((family, members) -> {
            add("", "## " + family);
            members.forEach(this::rule);
        });
    }

    private void rule(Rule rule) {
        add("", "**" + rule.number() + "** " + rule.text(), "");
        tests.stream()
                .filter(test -> test.rules().contains(rule.number()))
                .collect(groupingBy(test -> test.module() + " `" + test.type() + "`", LinkedHashMap::new,
                        mapping(test -> "`" + test.name() + "`", joining(", "))))
                .forEach((type, names) -> add("- " + type + ": " + names));
    }
}
