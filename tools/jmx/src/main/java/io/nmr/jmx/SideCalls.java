package io.nmr.jmx;

import io.nmr.api.runtime.SideSnapshot;

/** The calls in progress of a side. */
final class SideCalls {

    private SideCalls() {}

    /** Null, which open types can be, where they are not tracked. */
    static Long of(SideSnapshot side) {
        return side.callsInProgress().isPresent() ? side.callsInProgress().getAsLong() : null;
    }
}
