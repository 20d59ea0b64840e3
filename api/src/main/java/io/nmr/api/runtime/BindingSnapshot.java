package io.nmr.api.runtime;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A binding as it was at one moment.
 *
 * @param id its number; never used again by this registrar
 * @param state where it was
 * @param overdue whether waiting for it had been given up
 * @param leavingFor how long it had been on its way out; zero if it was not
 * @param client the client's side
 * @param provider the provider's side
 */
public record BindingSnapshot(
        long id, BindingState state, boolean overdue, Duration leavingFor, SideSnapshot client, SideSnapshot provider) {

    /** {@return both sides, the client's first} */
    public List<SideSnapshot> sides() {
        return List.of(client, provider);
    }

    /** {@return the sides that the binding waits for, the client's first} */
    public Stream<SideSnapshot> owing() {
        return sides().stream().filter(side -> side.owes() != SideSnapshot.Owes.NOTHING);
    }
}
