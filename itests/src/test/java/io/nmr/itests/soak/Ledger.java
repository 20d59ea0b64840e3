package io.nmr.itests.soak;

import io.nmr.history.Event;
import io.nmr.history.History;
import io.nmr.history.HistoryCheck;
import io.nmr.history.Kind;
import io.nmr.history.Recorder;
import io.nmr.history.RegisteredModule;
import io.nmr.history.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What has happened: of this round everything, of those before what concerns registrations that are still there. So it
 * does not grow, and a binding is judged by its whole life.
 */
final class Ledger {

    private static final Set<Kind> OF_CALLS =
            EnumSet.of(Kind.CALL_BEGIN, Kind.CALL_ENTERED, Kind.CALL_REFUSED, Kind.CALL_END, Kind.MARK);

    private final Queue<Event> round = new ConcurrentLinkedQueue<>();
    private List<Event> kept = List.of();

    final Recorder recorder = new Recorder(new AtomicLong()::incrementAndGet, round::add);

    /** What this round has recorded so far. */
    List<Event> round() {
        return List.copyOf(round);
    }

    History history() {
        return History.merged(new History(kept), new History(round()));
    }

    /** All calls have ended, and nothing is under way. */
    void check() {
        HistoryCheck.requireAtEnd(history());
    }

    void close(Set<RegisteredModule> alive) {
        kept = history().events().stream()
                .filter(event -> !OF_CALLS.contains(event.kind()))
                .filter(event -> alive.contains(event.module()))
                .filter(event -> event.binding().isEmpty() || alive.contains(peer(event)))
                .toList();
        round.clear();
    }

    private static RegisteredModule peer(Event event) {
        RegisteredModule module = event.module();
        return new RegisteredModule(
                module.role() == Role.CLIENT ? Role.PROVIDER : Role.CLIENT, module.npi(), event.peer());
    }
}
