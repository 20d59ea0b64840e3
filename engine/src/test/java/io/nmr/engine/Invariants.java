package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.api.AttachResult.Attached;
import io.nmr.api.NmrStatus;
import io.nmr.engine.History.Event;
import io.nmr.engine.History.What;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What holds after every test, whatever it did: checked over the history once everything is deregistered. */
final class Invariants {

    private final Rig rig;

    Invariants(Rig rig) {
        this.rig = rig;
    }

    void check() {
        for (RecordingModule module : rig.modules) {
            assertThat(module.failures).as("failures of %s", module).isEmpty();
            checkOffers(module);
            checkForgotten(module);
        }
        Map<Long, List<Event>> byBinding = rig.history.events().stream()
                .filter(event -> event.link() != null)
                .collect(Collectors.groupingBy(
                        event -> event.link().binding().id, TreeMap::new, Collectors.toList()));
        byBinding.values().forEach(Invariants::checkBinding);
        assertThat(rig.incidents).as("incidents that the test did not expect").isEmpty();
        assertThat(rig.engine.npisInUse()).as("NPIs in use at the end").isZero();
    }

    /** No offer begins once deregister has returned (D1, trap 2); one that had begun is let finish (D8). */
    private static void checkOffers(RecordingModule module) {
        for (Link link : module.links) {
            if (module.deregisteredAt != 0 && link.offeredAt > module.deregisteredAt) {
                throw new AssertionError(link + " was offered at " + link.offeredAt + ", after deregister returned at "
                        + module.deregisteredAt);
            }
        }
    }

    /** The registrar holds nothing of the module (R7). */
    private static void checkForgotten(RecordingModule module) {
        if (module.registration instanceof NetworkModule registered) {
            assertThat(registered.instance()).as("instance of %s", module).isNull();
            assertThat(registered.sides.isEmpty()).as("no sides of %s", module).isTrue();
            assertThat(registered.sides.size()).as("size of sides of %s", module).isZero();
            Object characteristics = registered instanceof ClientModule client
                    ? client.characteristics()
                    : ((ProviderModule) registered).characteristics();
            assertThat(characteristics).as("characteristics of %s", module).isNull();
        }
        for (Link link : module.links) {
            assertThat(link.side().context()).as("context of %s", link).isNull();
            assertThat(link.side().gate()).as("gate of %s", link).isNull();
        }
    }

    private static void checkBinding(List<Event> events) {
        List<Event> client = ofRole(events, Role.CLIENT);
        List<Event> provider = ofRole(events, Role.PROVIDER);
        boolean accepted = provider.stream().anyMatch(Invariants::isAcceptance);
        if (count(client, What.ATTACH) != 1) {
            throw broken("one offer to the client", events);
        }
        for (List<Event> side : List.of(client, provider)) {
            checkAlternation(side, events);
            checkCounts(side, accepted, events);
        }
        for (Event cleanup : events) {
            if (cleanup.what() == What.CLEANUP) {
                checkCompletedBefore(cleanup.time(), client, events);
                checkCompletedBefore(cleanup.time(), provider, events);
            }
        }
    }

    private static boolean isAcceptance(Event event) {
        return event.what() == What.ATTACH_END && event.outcome() instanceof Attached attached
                && attached.dispatch() != null;
    }

    /** Each end follows its begin: the callbacks of one side never overlap (A12). */
    private static void checkAlternation(List<Event> side, List<Event> events) {
        What open = null;
        for (Event event : side) {
            switch (event.what()) {
                case ATTACH, DETACH, CLEANUP -> {
                    require(open == null, "no overlap of callbacks", events);
                    open = event.what();
                }
                case ATTACH_END, DETACH_END, CLEANUP_END -> {
                    require(open != null, "an end after its begin", events);
                    open = null;
                }
                case COMPLETE -> { }
            }
        }
        require(open == null, "an end of every callback", events);
    }

    /** Accepted: one detach and one cleanup; not accepted: none. */
    private static void checkCounts(List<Event> side, boolean accepted, List<Event> events) {
        boolean tracked = side.stream().noneMatch(event -> event.link().untracked);
        long expected = accepted && tracked ? 1 : 0;
        require(count(side, What.DETACH) == expected, "detaches: " + expected, events);
        require(count(side, What.CLEANUP) == expected, "cleanups: " + expected, events);
    }

    private static void checkCompletedBefore(long cleanup, List<Event> side, List<Event> events) {
        for (Event end : side) {
            if (end.what() == What.DETACH_END) {
                require(end.time() < cleanup, "cleanup after the detach callbacks", events);
                require(!NmrStatus.PENDING.equals(end.outcome()) || completedBefore(cleanup, side),
                        "cleanup after both completions", events);
            }
        }
    }

    private static boolean completedBefore(long cleanup, List<Event> side) {
        return side.stream().anyMatch(event -> event.what() == What.COMPLETE && event.time() < cleanup);
    }

    private static List<Event> ofRole(List<Event> events, Role role) {
        return events.stream().filter(event -> event.link().side().role() == role).toList();
    }

    private static long count(List<Event> events, What what) {
        return events.stream().filter(event -> event.what() == what).count();
    }

    private static void require(boolean holds, String invariant, List<Event> events) {
        if (!holds) {
            throw broken(invariant, events);
        }
    }

    private static AssertionError broken(String invariant, List<Event> events) {
        return new AssertionError("expected: " + invariant + System.lineSeparator()
                + events.stream().map(Event::toString).collect(Collectors.joining(System.lineSeparator())));
    }
}
