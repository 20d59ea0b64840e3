package io.nmr.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.history.History;
import io.nmr.history.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The product's engine under every schedule of small scenarios, and under random ones of larger scenarios. */
class ExplorationTest {

    private final Effort effort = Effort.chosen();

    @ParameterizedTest
    @EnumSource
    void everySchedule_upToABound_keepsTheRules(Family family) {
        long start = System.nanoTime();
        List<Search> searches = family.scenarios()
                .parallel()
                .map(scenario -> Search.exhaustive(scenario, EngineSubject::new, effort.schedules))
                .toList();
        searches.forEach(ExplorationTest::requireNothingFound);
        long toTheEnd = searches.stream().filter(Search::complete).count();
        long states = searches.stream().mapToLong(Search::states).sum();
        long schedules = searches.stream().mapToLong(Search::schedules).sum();
        Effort.report(String.format(
                "exhaustive %-8s scenarios %3d, of which to the end %3d; states %8d, schedules %8d, %5.1f s",
                family, searches.size(), toTheEnd, states, schedules, (System.nanoTime() - start) / 1e9));
        Numbers.row(10 + family.ordinal(),
                family.toString().toLowerCase(Locale.ROOT) + ": scenarios " + searches.size() + ", of which to the end " + toTheEnd,
                "states " + states + ", schedules " + schedules);
    }

    @Test
    void randomSchedules_ofTwoClientsAndTwoProviders_keepTheRules() {
        long start = System.nanoTime();
        long seed = effort.seed();
        int each = 10;
        LongStream.range(0, effort.random / each)
                .parallel()
                .map(number -> seed + number * each)
                .mapToObj(first -> Search.random(Family.random(first), EngineSubject::new, first, each))
                .forEach(ExplorationTest::requireNothingFound);
        Effort.report(String.format("random, two by two: scenarios %d, schedules %d, first seed %d, %.1f s",
                effort.random / each, effort.random, seed, (System.nanoTime() - start) / 1e9));
        Numbers.row(30, "two clients and two providers at random: scenarios " + effort.random / each,
                "schedules " + effort.random);
    }

    @Test
    void aState_isTheSame_wheneverAScheduleLeadsThere() {
        for (Family family : Family.values()) {
            for (Scenario scenario : family.scenarios().toList()) {
                assertThat(states(scenario)).as("states of %s", scenario).isNotEmpty().isEqualTo(states(scenario));
            }
        }
    }

    /** What the two families are for does come about in them. */
    @Test
    void callsInALoop_areRefusedFromSomePointOn_andACompletionThatNeverComes_isGivenUp() {
        assertThat(taken(Family.CALLS)).anyMatch(history -> history.events().stream()
                .filter(event -> event.kind() == Kind.CALL_REFUSED)
                .anyMatch(refused -> history.events().stream()
                        .filter(event -> event.kind() == Kind.CALL_ENTERED && event.time() < refused.time())
                        .filter(event -> event.thread().equals(refused.thread()))
                        .count() > 1));
        assertThat(taken(Family.FORSAKEN).filter(history -> history.events().stream()
                .anyMatch(event -> event.kind() == Kind.TIMEOUT))).hasSizeGreaterThan(10);
    }

    private static Stream<History> taken(Family family) {
        return family.scenarios().map(scenario -> Execution.of(scenario, EngineSubject::new, new Choices() {
            @Override
            int decide(int depth, int options, LongSupplier state) {
                return depth % options;
            }
        }).history());
    }

    private static List<Long> states(Scenario scenario) {
        List<Long> states = new ArrayList<>();
        Execution.of(scenario, EngineSubject::new, new Choices() {
            @Override
            int decide(int depth, int options, LongSupplier state) {
                states.add(state.getAsLong());
                return depth % options;
            }
        });
        return states;
    }

    static void requireNothingFound(Search search) {
        assertThat(search.finding()).as("%s", search.finding().map(Finding::toString).orElse("nothing")).isEmpty();
        assertThat(search.schedules()).isPositive();
    }
}
