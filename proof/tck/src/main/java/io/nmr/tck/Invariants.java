package io.nmr.tck;

import io.nmr.api.NmrStatus;
import io.nmr.tck.History.Event;
import io.nmr.tck.History.What;
import java.util.Collection;
import java.util.List;

/** What holds after every test, whatever it did, once all is deregistered: looked up in its history. */
final class Invariants {

    private final Collection<TestModule> modules;
    private final History history;

    Invariants(Collection<TestModule> modules, History history) {
        this.modules = modules;
        this.history = history;
    }

    void check() {
        for (TestModule module : modules) {
            module.links().forEach(link -> check(link, eventsOf(link)));
        }
    }

    private List<Event> eventsOf(Link link) {
        return history.events().stream().filter(event -> event.link() == link).toList();
    }

    private void check(Link link, List<Event> events) {
        int expected = link.isBound() && link.isTracked() ? 1 : 0;
        require(count(events, What.DETACH) == expected, expected + " detach of " + link);
        require(count(events, What.CLEANUP) == expected, expected + " cleanup of " + link);
        checkAlternation(link, events);
        if (expected == 1 && link.peerContext instanceof Link peer) {
            checkCleanup(time(events, What.CLEANUP), events);
            checkCleanup(time(events, What.CLEANUP), eventsOf(peer));
        }
    }

    /** The callbacks of one side never overlap (A12). */
    private void checkAlternation(Link link, List<Event> events) {
        boolean inside = false;
        for (Event event : events) {
            switch (event.what()) {
                case ATTACH, DETACH, CLEANUP -> {
                    require(!inside, "no two callbacks of " + link + " at once");
                    inside = true;
                }
                case ATTACH_END, DETACH_END, CLEANUP_END -> inside = false;
                case LEAVING, COMPLETE, MARK -> { }
            }
        }
    }

    /** No cleanup before this side has completed its detach (C1). */
    private void checkCleanup(int cleanup, List<Event> side) {
        require(time(side, What.DETACH_END) < cleanup, "no cleanup inside a detach callback");
        boolean pending = side.stream()
                .anyMatch(event -> event.what() == What.DETACH_END && NmrStatus.PENDING.equals(event.outcome()));
        require(!pending || time(side, What.COMPLETE) < cleanup, "no cleanup before the completion");
    }

    /** Of the first; later than everything if there is none. */
    private static int time(List<Event> events, What what) {
        return events.stream()
                .filter(event -> event.what() == what)
                .mapToInt(Event::time)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private static long count(List<Event> events, What what) {
        return events.stream().filter(event -> event.what() == what).count();
    }

    private void require(boolean holds, String invariant) {
        if (!holds) {
            throw new AssertionError("expected: " + invariant + ": " + history);
        }
    }
}
