package io.nmr.benchmarks.report;

/** How much of the machine others take: what {@code oneXadd} takes with 4 threads over what it takes with one. */
public final class Unrest {

    static final double MOST = 1.5;

    /** Four threads that seem faster than one: that one was not left alone. */
    static final double LEAST = 0.9;

    private Unrest() {}

    /** Whether what was measured beside it is worth keeping. */
    public static boolean isCalm(double unrest) {
        return unrest >= LEAST && unrest <= MOST;
    }
}
