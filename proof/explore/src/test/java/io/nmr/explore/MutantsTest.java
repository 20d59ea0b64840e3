package io.nmr.explore;

import static io.nmr.explore.Family.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nmr.explore.Conduct.Detach;
import io.nmr.explore.Scenario.Life;
import io.nmr.explore.World.Performing;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The exploration finds what it is for: engines with one line wrong. */
@Tag("proof")
class MutantsTest {

    /** A mutant, and what an exploration of it says. */
    record Wrong(Mutant mutant, String fault) {

        @Override
        public String toString() {
            return mutant.name();
        }
    }

    static Stream<Wrong> mutants() {
        return Stream.of(
                new Wrong(Mutant.of("neverOffered", "state/NpiGroup.java",
                        "for (NetworkModule other : others) {",
                        "for (NetworkModule other : module.role() == Role.CLIENT ? List.<NetworkModule>of() : others) {"),
                        "R1: "),
                new Wrong(Mutant.of("stillOffered", "state/NpiGroup.java",
                        "if (other.isRegistered()) {", "if (other != null) {"), "had left before"),
                new Wrong(Mutant.of("askedThoughLeaving", "effects/Attachment.java",
                        "case DOOMED -> DOOMED;", "case DOOMED -> askProvider(binding, context, dispatch);"), "D8: "),
                new Wrong(Mutant.of("lostWhileAccepted", "state/Phase.java",
                        ".on(ACCEPTED, DEREGISTER, ACCEPTED_DOOMED)", ".on(ACCEPTED, DEREGISTER, ACCEPTED)"), "stuck: "),
                new Wrong(Mutant.of("earlyCompletionForgotten", "state/SideState.java",
                        ".on(COMPLETED_EARLY, RETURN_PENDING, DETACHED)", ".on(COMPLETED_EARLY, RETURN_PENDING, PENDING)"),
                        "D6: "),
                new Wrong(Mutant.of("completeTooSoon", "state/NetworkModule.java",
                        "if (deregistering && notice == Notice.NONE && sides.isEmpty()) {",
                        "if (deregistering && notice == Notice.NONE) {"), "a deregistration is complete, and"),
                new Wrong(Mutant.of("toldTooLate", "state/NetworkModule.java",
                        "if (deregistering && notice == Notice.NONE && sides.isEmpty()) {",
                        "if (deregistering && sides.isEmpty()) {"), "NullPointerException"),
                new Wrong(Mutant.of("completedTwice", "state/SideState.java",
                        ".on(PENDING, COMPLETE, DETACHED)",
                        ".on(PENDING, COMPLETE, DETACHED).on(DETACHED, COMPLETE, DETACHED)"), "D6: "),
                new Wrong(Mutant.of("droppedAndNotGone", "state/Binding.java",
                        "end(Kind.DROPPED, commit);", ""), "O3: "));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isFound(Wrong wrong) {
        Subject.Factory engines = wrong.mutant().engines();
        Search search = scenarios()
                .map(scenario -> Search.exhaustive(scenario, engines, 2000))
                .filter(each -> each.finding().isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("not found: " + wrong.mutant()));
        Finding finding = search.finding().orElseThrow();
        Effort.report(String.format("mutant %-26s found after %4d schedules, shortest schedule of %d turns: %s",
                wrong, search.schedules(), finding.shortest().schedule().turns(),
                finding.shortest().faults().get(0).lines().findFirst().orElse("")));
        Numbers.row(50 + mutants().map(Wrong::toString).toList().indexOf(wrong.toString()),
                "wrong on purpose, and found: " + wrong,
                "after schedules " + search.schedules() + ", in one of turns " + finding.shortest().schedule().turns());
        assertThat(finding.shortest().faults()).anyMatch(fault -> fault.contains(wrong.fault()));
        assertThat(finding.shortest().schedule().turns()).isLessThanOrEqualTo(finding.found().turns());
        assertThat(finding.toString()).contains("shortest schedule found: ", "history:", "REGISTER_BEGIN of");
    }

    private static Stream<Scenario> scenarios() {
        Conduct good = Conduct.GOOD;
        return Stream.of(
                one(Performing.INLINE, Life.LEAVES, good, Life.LEAVES, good),
                one(Performing.INLINE, Life.STAYS, good.with(Detach.TWICE), Life.LEAVES, good.with(Detach.LATER)),
                one(Performing.INLINE, Life.STAYS, good, Life.RACES, good.with(Detach.EARLY)),
                one(Performing.POOLED, Life.DRAINS, good, Life.LEAVES, good),
                one(Performing.INLINE, Life.LEAVES, good, Life.STAYS, good.with(Detach.NEVER)));
    }

    @Test
    void theSameScenarios_findNothingInTheProduct() {
        assertThat(scenarios().map(scenario -> Search.exhaustive(scenario, EngineSubject::new, 2000)))
                .allSatisfy(search -> assertThat(search.finding()).isEmpty());
    }

    @Test
    void aFinding_isReplayedByItsSchedule_andByItsSeed_andTellsAllOfThat() {
        Subject.Factory engines = mutants().map(Wrong::mutant)
                .filter(mutant -> mutant.name().equals("lostWhileAccepted"))
                .findFirst()
                .orElseThrow()
                .engines();
        Scenario scenario = one(Performing.INLINE, Life.STAYS, Conduct.GOOD, Life.RACES, Conduct.GOOD);
        Search search = Search.random(scenario, engines, 1, 1000);
        Finding finding = search.finding().orElseThrow();
        Execution again = Execution.of(scenario, engines, finding.found().followed());
        assertThat(again.isFaulty()).isTrue();
        Execution shortest = Execution.of(scenario, engines, finding.shortest().schedule().trimmed().followed());
        assertThat(shortest.steps()).isEqualTo(finding.shortest().steps());
        long seed = search.schedules();
        assertThat(finding.how()).endsWith("seed " + seed);
        assertThat(Search.random(scenario, engines, seed, 1).finding().orElseThrow().found()).isEqualTo(finding.found());
        assertThat(finding.shortest().schedule().shorter())
                .map(shorter -> Execution.of(scenario, engines, shorter.followed()))
                .noneMatch(shorter -> shorter.isFaulty()
                        && shorter.schedule().turns() < finding.shortest().schedule().turns());
        assertThatThrownBy(() -> ExplorationTest.requireNothingFound(search))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(
                        scenario.toString(),
                        "at random, with seed " + seed + ", schedule " + finding.found().trimmed().choices(),
                        "shortest schedule found: " + finding.shortest().schedule().trimmed().choices(),
                        finding.shortest().faults().get(0),
                        String.join(System.lineSeparator() + "  ", finding.shortest().steps()),
                        finding.shortest().history().toString());
    }
}
