package io.nmr.registrar;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** When it was, for people, what the engine's clock counts. Follows a wall clock that is set meanwhile. */
record WallClock(LongSupplier nanoTime, InstantSource wall) {

    Instant at(long moment) {
        return wall.instant().minusNanos(nanoTime.getAsLong() - moment);
    }

    Instant now() {
        return wall.instant();
    }
}
