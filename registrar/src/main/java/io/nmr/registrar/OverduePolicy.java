package io.nmr.registrar;

import java.util.Locale;

/** What follows when the detach timeout of a module has passed (O3). */
enum OverduePolicy {
    /** The stop goes on. */
    PROCEED,
    /** The threads that are still in progress are interrupted; after a grace the stop goes on. */
    INTERRUPT,
    /** The stop waits on, without bound, but not when the framework stops. */
    WAIT;

    static OverduePolicy parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
