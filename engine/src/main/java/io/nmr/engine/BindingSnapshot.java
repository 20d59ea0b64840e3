package io.nmr.engine;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A binding as it was at one moment. Ids and strings only: it pins nothing of the modules (R7).
 *
 * @param id its number, never reused by its engine
 * @param phase where it was
 * @param overdue whether nobody waits for it any longer
 * @param leavingFor how long it has been on its way out; zero if it is not
 * @param client the client's side
 * @param provider the provider's side
 */
public record BindingSnapshot(
        long id, Phase phase, boolean overdue, Duration leavingFor, SideSnapshot client, SideSnapshot provider) {

    /**
     * One side of it.
     *
     * @param module its module
     * @param state where it was
     * @param callsInProgress the count of its gate; empty: not tracked
     */
    public record SideSnapshot(ModuleName module, SideState state, OptionalLong callsInProgress) {

        @Override
        public String toString() {
            return module + ", "
                    + (callsInProgress.isPresent()
                            ? "calls in progress " + callsInProgress.getAsLong()
                            : "calls not tracked");
        }
    }

    /** Both sides, the client's first. */
    public List<SideSnapshot> sides() {
        return List.of(client, provider);
    }

    /** The sides that the binding waits for: those that owe their detach. */
    public Stream<SideSnapshot> owing() {
        return sides().stream().filter(side -> side.state().owesDetach());
    }
}
