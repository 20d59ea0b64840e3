package io.nmr.benchmarks;

import org.openjdk.jmh.runner.options.TimeValue;

/** How thoroughly the benchmarks are run. */
enum Form {
    /** Each once, in this JVM and on the smallest case: whether they run. */
    SMOKE(1, 0, 0, 1, 10),

    /** One round of what the goals are about. */
    QUICK(1, 1, 2, 2, 200),

    /** Two rounds, all cases in the first of them. */
    FULL(2, 1, 4, 4, 200);

    final int rounds;
    final int forks;
    final int warmups;
    final int iterations;

    private final int milliseconds;

    Form(int rounds, int forks, int warmups, int iterations, int milliseconds) {
        this.rounds = rounds;
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.milliseconds = milliseconds;
    }

    /** For an operation of nanoseconds; what takes longer takes multiples of it. */
    TimeValue iteration(int multiple) {
        return TimeValue.milliseconds((long) milliseconds * multiple);
    }
}
