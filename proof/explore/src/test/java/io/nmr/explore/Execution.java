package io.nmr.explore;

import io.nmr.history.History;
import io.nmr.history.HistoryCheck;
import io.nmr.history.Violation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of playing a scenario once.
 *
 * @param schedule the choices that were made
 * @param steps who did what, in order
 * @param faults the rules that are broken, and what was thrown or got stuck
 */
record Execution(Schedule schedule, List<String> steps, History history, List<String> faults) {

    static Execution of(Scenario scenario, Subject.Factory engines, Choices choices) {
        World world = new World(engines, scenario.performing(), choices);
        scenario.play(world);
        world.baton.run();
        return new Execution(
                choices.made(), List.copyOf(world.baton.steps()), world.history(), faults(world));
    }

    /** What is wrong with an execution that is over. */
    static List<String> faults(World world) {
        return Stream.concat(
                        world.baton.failures().stream().map(Execution::describe),
                        HistoryCheck.violationsAtEnd(world.history()).stream().map(Violation::toString))
                .toList();
    }

    private static String describe(Throwable thrown) {
        return thrown + Stream.of(thrown.getStackTrace())
                .limit(8)
                .map(frame -> System.lineSeparator() + "    at " + frame)
                .collect(Collectors.joining());
    }

    boolean isFaulty() {
        return !faults.isEmpty();
    }
}
