package io.nmr.typed;

import io.nmr.typed.guard.Guards;
import io.nmr.typed.guard.Tracked;
import java.util.function.Function;

/**
 * A version of the client's dispatch table of an NPI (A6).
 *
 * @param guards make tracked dispatches of it
 * @param offer makes one of the current version's, for a provider that does not know that
 * @param adapt makes the current version of a tracked one, for a provider that does
 * @param <E> the version
 * @param <C> the current version
 */
record ClientVersion<E, C>(
        Class<E> type,
        Guards<E> guards,
        Function<? super C, ? extends E> offer,
        Function<? super E, ? extends C> adapt) {

    static <C> ClientVersion<C, C> current(Class<C> type) {
        return new ClientVersion<>(type, Guards.of(type), callbacks -> callbacks, callbacks -> callbacks);
    }

    Object offered(C callbacks) {
        return offer.apply(callbacks);
    }

    C tracked(Tracked tracked) {
        return adapt.apply(guards.guard(tracked));
    }
}
