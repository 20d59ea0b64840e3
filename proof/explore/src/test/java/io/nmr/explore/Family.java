package io.nmr.explore;

import static io.nmr.explore.Scenario.cast;

import io.nmr.explore.Conduct.Attach;
import io.nmr.explore.Conduct.Cleanup;
import io.nmr.explore.Conduct.Detach;
import io.nmr.explore.Scenario.Cast;
import io.nmr.explore.Scenario.Life;
import io.nmr.explore.World.Performing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Scenarios that are explored together. */
enum Family {
    /** A client and a provider that both leave: every pair of ways to attach. */
    ATTACH {
        @Override
        Stream<Scenario> scenarios() {
            return pairs(Attach.values(), Attach.values(), (client, provider) -> one(
                    Performing.INLINE, Life.LEAVES, Conduct.GOOD.with(client), Life.LEAVES, Conduct.GOOD.with(provider)));
        }
    },
    /** The provider leaves: every pair of ways to detach, with a call each way. */
    DETACH {
        @Override
        Stream<Scenario> scenarios() {
            return pairs(Detach.values(), Detach.values(), (client, provider) -> one(
                    Performing.INLINE,
                    Life.STAYS, Conduct.GOOD.with(client).calling(1),
                    Life.LEAVES, Conduct.GOOD.with(provider).calling(1)));
        }
    },
    /** Every pair of lives, with effects on other threads too. */
    LIVES {
        @Override
        Stream<Scenario> scenarios() {
            return Arrays.stream(Performing.values()).flatMap(performing ->
                    pairs(Life.values(), Life.values(), (client, provider) ->
                            one(performing, client, Conduct.GOOD.calling(1), provider, Conduct.GOOD.with(Detach.LATER))));
        }
    },
    /** Every pair of ways to clean up. */
    CLEANUP {
        @Override
        Stream<Scenario> scenarios() {
            return pairs(Cleanup.values(), Cleanup.values(), (client, provider) -> one(
                    Performing.POOLED, Life.STAYS, Conduct.GOOD.with(client), Life.LEAVES, Conduct.GOOD.with(provider)));
        }
    },
    /** Two on one side. */
    THREE {
        @Override
        Stream<Scenario> scenarios() {
            return Stream.of(
                    Scenario.of(Performing.INLINE, cast("c1", Life.LEAVES, Conduct.GOOD),
                            cast("c2", Life.STAYS, Conduct.GOOD), cast("p1", Life.LEAVES, Conduct.GOOD)),
                    Scenario.of(Performing.INLINE, cast("c1", Life.LEAVES, Conduct.GOOD),
                            cast("p1", Life.LEAVES, Conduct.GOOD), cast("p2", Life.STAYS, Conduct.GOOD)),
                    Scenario.of(Performing.POOLED, cast("c1", Life.RACES, Conduct.GOOD),
                            cast("p1", Life.LEAVES, Conduct.GOOD), cast("p2", Life.DRAINS, Conduct.GOOD)));
        }
    },
    /** Calls one after the other while the provider leaves, which all who call detach by closing their gates. */
    CALLS {
        @Override
        Stream<Scenario> scenarios() {
            Detach[] ways = {Detach.DRAIN, Detach.THROW, Detach.NONSENSE, Detach.LEAVE};
            return Arrays.stream(Performing.values()).flatMap(performing -> pairs(ways, ways, (client, provider) -> one(
                    performing,
                    Life.STAYS, Conduct.GOOD.with(client).calling(4),
                    Life.LEAVES, Conduct.GOOD.with(provider).calling(2))));
        }
    },
    /** A completion never comes, of one side or of both; a third module has to do with it, or has not. */
    FORSAKEN {
        @Override
        Stream<Scenario> scenarios() {
            return Arrays.stream(Performing.values()).flatMap(performing ->
                    Stream.of(Life.LEAVES, Life.DRAINS, Life.RACES).flatMap(life -> Stream.of(
                            one(performing, life, NEVER, Life.STAYS, Conduct.GOOD),
                            one(performing, Life.STAYS, Conduct.GOOD, life, NEVER),
                            one(performing, Life.LEAVES, NEVER, life, NEVER),
                            Scenario.of(performing, cast("c1", life, NEVER),
                                    cast("c2", Life.LEAVES, Conduct.GOOD), cast("p1", Life.STAYS, Conduct.GOOD)),
                            Scenario.of(performing, cast("c1", Life.LEAVES, Conduct.GOOD),
                                    cast("p1", life, NEVER), cast("p2", Life.LEAVES, Conduct.GOOD)))));
        }
    };

    private static final Conduct NEVER = Conduct.GOOD.with(Detach.NEVER);

    private interface Pairing<T> {
        Scenario pair(T client, T provider);
    }

    abstract Stream<Scenario> scenarios();

    private static <T> Stream<Scenario> pairs(T[] clients, T[] providers, Pairing<T> pairing) {
        return Arrays.stream(clients)
                .flatMap(client -> Arrays.stream(providers).map(provider -> pairing.pair(client, provider)));
    }

    static Scenario one(Performing performing, Life clientLife, Conduct client, Life providerLife, Conduct provider) {
        return Scenario.of(performing, cast("c1", clientLife, client), cast("p1", providerLife, provider));
    }

    /** Two clients and two providers, each as chance has it. */
    static Scenario random(long seed) {
        Random random = new Random(seed);
        List<Cast> casts = new ArrayList<>();
        for (String name : List.of("c1", "c2", "p1", "p2")) {
            casts.add(cast(name, any(Life.values(), random), new Conduct(
                    mostly(Attach.values(), random), mostly(Detach.values(), random), mostly(Cleanup.values(), random),
                    random.nextInt(3))));
        }
        return new Scenario(any(Performing.values(), random), casts);
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    /** The first of them half of the time. */
    private static <T> T mostly(T[] values, Random random) {
        return random.nextBoolean() ? values[0] : any(values, random);
    }
}
