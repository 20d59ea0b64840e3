package io.nmr.typed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The versions of the client's dispatch table of an NPI, or those that a provider knows.
 *
 * @param all the current one first; none where clients have no callbacks
 * @param <C> the current version
 */
record ClientVersions<C>(List<ClientVersion<?, C>> all) {

    static <C> ClientVersions<C> none() {
        return new ClientVersions<>(List.of());
    }

    static <C> ClientVersions<C> of(Class<C> current) {
        return new ClientVersions<>(List.of(ClientVersion.current(current)));
    }

    ClientVersions<C> with(ClientVersion<?, C> earlier) {
        return new ClientVersions<>(Stream.concat(all.stream(), Stream.of(earlier)).toList());
    }

    ClientVersions<C> only(List<Class<?>> known) {
        List<ClientVersion<?, C>> left = all.stream().filter(version -> known.contains(version.type())).toList();
        if (left.isEmpty() || left.size() != known.size()) {
            throw new IllegalArgumentException(known + ": versions of the client dispatch expected, " + types());
        }
        return new ClientVersions<>(left);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The version that a dispatch table is of. */
    Optional<ClientVersion<?, C>> of(Object dispatch) {
        return all.stream().filter(version -> version.type().isInstance(dispatch)).findFirst();
    }

    List<Class<?>> types() {
        return all.stream().<Class<?>>map(ClientVersion::type).toList();
    }
}
