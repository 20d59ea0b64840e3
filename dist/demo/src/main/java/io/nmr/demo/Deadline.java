package io.nmr.demo;

import java.time.Duration;

/** A point in time that waits end at. */
final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    long nanosLeft() {
        return Math.max(0, at - System.nanoTime());
    }

    /** Rounded up, so that 0 means passed. */
    int millisLeft() {
        return (int) Math.min(Integer.MAX_VALUE, (nanosLeft() + 999_999) / 1_000_000);
    }

    boolean passed() {
        return nanosLeft() == 0;
    }
}
