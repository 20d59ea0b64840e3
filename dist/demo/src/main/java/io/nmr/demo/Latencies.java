package io.nmr.demo;

/**
 * Latencies in bounded memory: exact below 128 microseconds, within 1 percent above; the longest is exact.
 *
 * <p>Each power of two above is cut into 64 equal steps.
 *
 * <p>Threading: the caller's lock.
 */
final class Latencies {
    private static final int STEPS = 64;
    private static final int EXACT = 2 * STEPS;

    private final long[] counts = new long[EXACT + 57 * STEPS];
    private long total;
    private long longest;

    void record(long micros) {
        long value = Math.max(0, micros);
        counts[slot(value)]++;
        total++;
        longest = Math.max(longest, value);
    }

    long longest() {
        return longest;
    }

    /**
     * The smallest recorded value, rounded to its step's middle, that this percentage of all values does not exceed; 0 for
     * none.
     */
    long percentile(double percent) {
        long wanted = Math.max(1, (long) Math.ceil(total * percent / 100));
        long seen = 0;
        for (int slot = 0; slot < counts.length; slot++) {
            seen += counts[slot];
            if (seen >= wanted) {
                return Math.min(longest, middle(slot));
            }
        }
        return 0;
    }

    private static int slot(long value) {
        int shift = shift(value);
        return shift * STEPS + (int) (value >>> shift);
    }

    private static int shift(long value) {
        return Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - 7);
    }

    private static long middle(int slot) {
        if (slot < EXACT) {
            return slot;
        }
        int shift = slot / STEPS - 1;
        long lowest = (long) (slot - shift * STEPS) << shift;
        return lowest + (1L << shift) / 2;
    }
}
