package io.nmr.benchmarks;

import io.nmr.benchmarks.report.Unrest;
import java.util.Collection;
import java.util.Locale;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.RunResult;

/** Whether what was measured was measured on a calm machine, by its {@code oneXadd}. */
record Calm(double unrest) {

    static Calm of(Collection<RunResult> measured) {
        return new Calm(oneXadd(measured, 4).orElse(0) / oneXadd(measured, 1).orElse(1));
    }

    private static OptionalDouble oneXadd(Collection<RunResult> measured, int threads) {
        return measured.stream()
                .filter(each -> each.getParams().getBenchmark().endsWith(".oneXadd"))
                .filter(each -> each.getParams().getThreads() == threads)
                .mapToDouble(each -> each.getPrimaryResult().getScore())
                .findFirst();
    }

    boolean isCalm() {
        return Unrest.isCalm(unrest);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "oneXadd with 4 threads is %.2f times that with 1: %s", unrest, isCalm() ? "calm" : "dropped");
    }
}
