package io.nmr.explore;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a search came to.
 *
 * @param schedules how many were tried
 * @param states how many states were met in which somebody had a choice; 0 where they were not told apart
 * @param complete whether there is no other schedule left to try
 * @param finding what it found
 */
record Search(int schedules, int states, boolean complete, Optional<Finding> finding) {

    /**
     * Tries every schedule up to a number of them, depth first. Where a state is met again, what follows is not tried
     * again.
     */
    static Search exhaustive(Scenario scenario, Subject.Factory engines, int atMost) {
        Set<Long> seen = new HashSet<>();
        Deque<Schedule> todo = new ArrayDeque<>();
        todo.push(new Schedule(List.of()));
        int tried = 0;
        while (!todo.isEmpty() && tried < atMost) {
            Execution execution = Execution.of(scenario, engines, new Branching(todo.pop(), seen, todo));
            tried++;
            if (execution.isFaulty()) {
                Finding finding = Finding.shrunk(scenario, "by exhaustive search", engines, execution);
                return new Search(tried, seen.size(), false, Optional.of(finding));
            }
        }
        return new Search(tried, seen.size(), todo.isEmpty(), Optional.empty());
    }

    /** Tries schedules at random, one for each of some seeds. */
    static Search random(Scenario scenario, Subject.Factory engines, long firstSeed, int schedules) {
        for (int tried = 0; tried < schedules; tried++) {
            long seed = firstSeed + tried;
            Execution execution = Execution.of(scenario, engines, new AtRandom(seed));
            if (execution.isFaulty()) {
                Finding finding = Finding.shrunk(scenario, "at random, with seed " + seed, engines, execution);
                return new Search(tried + 1, 0, false, Optional.of(finding));
            }
        }
        return new Search(schedules, 0, false, Optional.empty());
    }

    /** The choices of a seed. */
    static Choices atRandom(long seed) {
        return new AtRandom(seed);
    }

    /** Follows a schedule to its end, and from there leaves behind what else could have been chosen in new states. */
    private static final class Branching extends Choices {

        private final Schedule prefix;
        private final Set<Long> seen;
        private final Deque<Schedule> todo;
        private boolean isNew = true;

        Branching(Schedule prefix, Set<Long> seen, Deque<Schedule> todo) {
            this.prefix = prefix;
            this.seen = seen;
            this.todo = todo;
        }

        @Override
        int decide(int depth, int options, LongSupplier state) {
            if (depth >= prefix.choices().size()) {
                isNew = isNew && seen.add(state.getAsLong());
                if (isNew) {
                    Schedule here = made();
                    for (int other = options - 1; other > 0; other--) {
                        todo.push(here.followedBy(other));
                    }
                }
            }
            return prefix.choice(depth);
        }
    }

    /** Keeps whoever runs for a while: long runs of one actor and many turns are equally likely. */
    private static final class AtRandom extends Choices {

        private final Random random;
        private final int calm;

        AtRandom(long seed) {
            random = new Random(seed);
            calm = random.nextInt(4);
        }

        @Override
        int decide(int depth, int options, LongSupplier state) {
            return random.nextInt(4) < calm ? 0 : random.nextInt(options);
        }
    }
}
