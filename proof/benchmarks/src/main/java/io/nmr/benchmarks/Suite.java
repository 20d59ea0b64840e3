package io.nmr.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What a round is made of. */
final class Suite {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final String ON_VIRTUAL_THREADS =
            "TrackedCall\\.(direct|oneXadd|atomicLong|synchronizedCounter|callGate|generatedGuard|clientCall)$";

    private static final String COMPARED = "(direct|oneXadd|callGate|handWrittenGuard|generatedGuard|atomicLong)$";
    private static final int SEVERAL = 3;

    /** A pair through a framework is much code, and is compiled for the last time after some hundred thousand. */
    private static final int UNTIL_COMPILED = 8;

    private final Form form;

    Suite(Form form) {
        this.form = form;
    }

    /** The first trials of a round: with the controls, which say whether the rest is worth its time. */
    List<Trial> calls() {
        return switch (form) {
            case SMOKE -> List.of(tracked(2));
            case QUICK -> List.of(tracked(1), tracked(4));
            case FULL -> List.of(compared(), notCompared(), tracked(2), tracked(4));
        };
    }

    /** Of one call the compiler makes this in one virtual machine and that in the next, by a tenth. */
    private Trial compared() {
        return trial("TrackedCall\\." + COMPARED).countingAllocation().forks(SEVERAL);
    }

    private Trial notCompared() {
        return trial("(TrackedCall\\.(?!" + COMPARED + ")|RefusedCall\\.).*").countingAllocation();
    }

    private Trial tracked(int threads) {
        return trial("(TrackedCall|RefusedCall)\\..*").threads(threads).countingAllocation();
    }

    /** Everything else; {@code round} counts from 1. */
    List<Trial> others(int round) {
        List<Trial> trials = new ArrayList<>();
        switch (form) {
            case SMOKE -> smoke(trials);
            case QUICK -> quick(trials);
            case FULL -> full(trials, round == 1);
        }
        return trials;
    }

    /** Once more, at the end of a round: whether the machine is still calm. */
    List<Trial> controls() {
        return form == Form.SMOKE ? List.of() : List.of(control(1), control(4));
    }

    private Trial control(int threads) {
        return trial("TrackedCall\\.(direct|oneXadd)$").threads(threads);
    }

    private void smoke(List<Trial> trials) {
        virtualThreads(trials, "TrackedCall\\.callGate$", 2);
        trials.add(trial("Pair\\..*").with("n", 10).with("others", "SAME"));
        trials.add(trial("SketchedPair\\..*"));
        trials.add(trial("Deregistration\\..*").with("n", 10));
        trials.add(trial("PublishedPair\\..*").with("n", 10).with("publishers", 2));
        trials.add(trial("BundleStop\\..*"));
        trials.add(trial("FrameworkStop\\..*"));
        trials.add(trial("BindingFootprint\\..*"));
        manyThreads(trials, 1_000);
        trials.add(trial("DrainUnderLoad\\..*").threads(2).iterations(0, 3));
    }

    private void quick(List<Trial> trials) {
        virtualThreads(trials, "TrackedCall\\.(direct|oneXadd|callGate|generatedGuard)$", 4);
        trials.add(pair("client", "RAW", "SAME", 10, 50_000));
        trials.add(sketch());
        trials.add(pair("client", "RAW", "OTHER", 50_000));
        trials.add(trial("Deregistration\\..*").longer(4).with("modules", "RAW"));
        trials.add(published("FELIX", "NOBODY", 1, 10));
        published(trials, List.of("FELIX", "EQUINOX"), List.of("LISTENER", "REGISTRAR"), 10_000);
        stops(trials, 5);
        trials.add(trial("BindingFootprint\\..*").iterations(0, 1));
        manyThreads(trials, 1_000_000);
        trials.add(drain());
    }

    private void full(List<Trial> trials, boolean first) {
        virtualThreads(trials, ON_VIRTUAL_THREADS, 1);
        virtualThreads(trials, ON_VIRTUAL_THREADS, 4);
        trials.add(pair("client", "RAW", "SAME", 10, 50_000).forks(SEVERAL));
        trials.add(pair("client", "RAW", "OTHER", 10, 50_000).forks(SEVERAL));
        trials.add(pair("client", "RAW", "SAME", 1_000, 10_000));
        trials.add(pair("client", "RAW", "OTHER", 1_000, 10_000));
        trials.add(sketch().forks(SEVERAL));
        trials.add(trial("Deregistration\\..*").longer(4));
        trials.add(published("FELIX", "NOBODY", 1, 10));
        compared(trials, 1, 1);
        compared(trials, 100, SEVERAL);
        if (first) {
            trials.add(pair("provider", "RAW", "SAME", 10, 50_000));
            trials.add(pair("(client|provider)", "TYPED", "SAME", 10, 50_000));
            published(trials, List.of("FELIX", "EQUINOX"), List.of("LISTENER", "REGISTRAR"), 10);
            peers(trials);
        }
        stops(trials, 10);
        trials.add(trial("BindingFootprint\\..*").iterations(0, 1));
        manyThreads(trials, 1_000_000);
        trials.add(drain());
    }

    /** Where several bundles publish, what Equinox takes moves by a fifth and more from one virtual machine to the next. */
    private void compared(List<Trial> trials, int publishers, int forks) {
        for (String platform : List.of("FELIX", "EQUINOX")) {
            for (String consumer : List.of("LISTENER", "REGISTRAR")) {
                trials.add(published(platform, consumer, publishers, 10_000).forks(forks));
            }
        }
    }

    private void peers(List<Trial> trials) {
        for (String peer : List.of("NOBODY", "TRACKER", "SCR", "DEPENDENCY_MANAGER")) {
            trials.add(published("FELIX", peer, 1, 1_000, 10_000));
            trials.add(published("FELIX", peer, 100, 10_000));
            trials.add(published("EQUINOX", peer, 1, 10_000));
        }
        trials.add(published("FELIX", "LISTENER", 1, 1_000));
        trials.add(published("FELIX", "REGISTRAR", 1, 1_000));
    }

    private void published(List<Trial> trials, List<String> platforms, List<String> consumers, Object... n) {
        for (String platform : platforms) {
            for (int publishers : new int[] {1, 100}) {
                for (String consumer : consumers) {
                    trials.add(published(platform, consumer, publishers, n));
                }
            }
        }
    }

    private Trial published(String platform, String consumer, int publishers, Object... n) {
        return trial("PublishedPair\\..*")
                .longer(5)
                .iterations(UNTIL_COMPILED, 4)
                .with("platform", platform)
                .with("consumer", consumer)
                .with("publishers", publishers)
                .with("n", n);
    }

    private Trial pair(String comes, String modules, String others, Object... n) {
        return trial("Pair\\." + comes + "$").longer(3).with("modules", modules).with("others", others).with("n", n);
    }

    private Trial sketch() {
        return trial("SketchedPair\\..*").longer(3);
    }

    private void stops(List<Trial> trials, int frameworks) {
        trials.add(trial("BundleStop\\..*").longer(2));
        trials.add(trial("FrameworkStop\\..*").iterations(2, frameworks));
    }

    private Trial drain() {
        return trial("DrainUnderLoad\\..*").threads(4).iterations(5, 30);
    }

    private void manyThreads(List<Trial> trials, int threads) {
        if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
            trials.add(trial("ManyThreads\\..*").iterations(0, 1).with("threads", threads));
        }
    }

    private void virtualThreads(List<Trial> trials, String include, int threads) {
        if (Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS) {
            trials.add(trial(include).onVirtualThreads().threads(threads));
        }
    }

    private Trial trial(String include) {
        return new Trial(form, include);
    }
}
