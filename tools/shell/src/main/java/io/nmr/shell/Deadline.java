package io.nmr.shell;

import java.time.Duration;

/** A moment up to which to wait. */
final class Deadline {

    private final long start = System.nanoTime();
    private final Duration bound;

    private Deadline(Duration bound) {
        this.bound = bound;
    }

    static Deadline in(Duration bound) {
        return new Deadline(bound);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Never negative. */
    Duration left() {
        Duration left = bound.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isOver() {
        return left().isZero();
    }

    Duration bound() {
        return bound;
    }
}
