package io.nmr.registrar;

import java.util.Locale;

/** Decides how a drain goes on when the detach timeout of a module has passed (O3). */
enum OverduePolicy {
    /** The stop goes on. */
    PROCEED,
    /** The threads inside tracked calls are interrupted; after a grace the stop goes on. */
    INTERRUPT,
    /** The stop waits without bound, except during a framework shutdown. */
    WAIT;

    static OverduePolicy parse(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
