package io.nmr.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;

/** What one round measured: nanoseconds by benchmark and number of threads. */
final class Round {

    private static final double CALM = 1.5;
    private static final double ODD = 0.9;

    private final Map<String, Double> nanoseconds = new TreeMap<>();

    Round(Collection<RunResult> measured) {
        for (RunResult each : measured) {
            String name = each.getParams().getBenchmark();
            String simple = name.substring(name.lastIndexOf('.') + 1);
            nanoseconds.put(key(simple, each.getParams().getThreads()), each.getPrimaryResult().getScore());
        }
    }

    /**
     * Whether four threads that have nothing to do with each other were left nearly alone by the rest of the host. If
     * they seem faster than one, that one was not.
     */
    boolean isCalm() {
        return unrest() <= CALM && unrest() >= ODD;
    }

    double nanoseconds(String benchmark, int threads) {
        return nanoseconds.get(key(benchmark, threads));
    }

    /** What a benchmark adds to the bare call. */
    double added(String benchmark, int threads) {
        return nanoseconds(benchmark, threads) - nanoseconds("direct", threads);
    }

    /** How much longer it takes with four threads than with one. */
    double growth(String benchmark) {
        return nanoseconds(benchmark, 4) / nanoseconds(benchmark, 1);
    }

    private double unrest() {
        return growth("oneXadd");
    }

    private static String key(String benchmark, int threads) {
        return benchmark + " " + threads;
    }

    @Override
    public String toString() {
        String verdict = isCalm() ? "kept" : "dropped";
        return String.format(Locale.ROOT, "oneXadd with 4 threads is %.2f times that with 1: %s", unrest(), verdict);
    }
}
