package io.nmr.typed.guard;

import io.nmr.typed.Logged;
import java.util.function.Function;

/** The two ways to make guards. */
enum Way {
    GENERATED,
    PROXY;

    <T> GuardFactory<T> guards(Class<T> type) {
        GuardFactory<T> guards = switch (this) {
            case GENERATED -> GuardFactory.of(type);
            case PROXY -> proxies(type);
        };
        if (guards.areProxies() != (this == PROXY)) {
            throw new AssertionError(this + " of " + type);
        }
        return guards;
    }

    /** The warning is expected here. */
    private static <T> GuardFactory<T> proxies(Class<T> type) {
        try (Logged quiet = Logged.of("io.nmr.typed")) {
            return GuardFactory.of(type, Way::nothing);
        }
    }

    private static <T> Function<Tracked, T> nothing(Class<T> type) {
        throw new LinkageError("no generated classes here");
    }
}
