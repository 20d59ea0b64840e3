package io.nmr.itests.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened, in order: the place of an event in the list is its logical time. */
public final class History {

    /** An event, and the thread it happened on. */
    public record Event(int time, String who, String what, Thread thread) {

        @Override
        public String toString() {
            return time + " " + who + " " + what + " (" + thread.getName() + ")";
        }
    }

    private final List<Event> events = new ArrayList<>();
    private final Map<String, List<Event>> byName = new HashMap<>();

    public synchronized int add(String who, String what) {
        Event event = new Event(events.size(), who, what, Thread.currentThread());
        events.add(event);
        byName.computeIfAbsent(who + " " + what, name -> new ArrayList<>()).add(event);
        return event.time;
    }

    public synchronized List<Event> all(String who, String what) {
        return List.copyOf(named(who, what));
    }

    private List<Event> named(String who, String what) {
        return byName.getOrDefault(who + " " + what, List.of());
    }

    public synchronized int count(String who, String what) {
        return named(who, what).size();
    }

    /** The one event of this sort. */
    public Event only(String who, String what) {
        List<Event> found = all(who, what);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " times, not once: " + who + " " + what + " in\n" + this);
        }
        return found.get(0);
    }

    public int time(String who, String what) {
        return only(who, what).time;
    }

    /** Events given as "who what", each of which happened once, happened in this order. */
    public void assertOrder(String... expected) {
        int last = -1;
        for (String event : expected) {
            int blank = event.indexOf(' ');
            int time = time(event.substring(0, blank), event.substring(blank + 1));
            if (time < last) {
                throw new AssertionError("'" + event + "' came too early: expected " + List.of(expected) + " in\n" + this);
            }
            last = time;
        }
    }

    /** The first of each of these events, given as "who what", happened in this order. */
    public void assertOrderOfFirst(String... expected) {
        int last = -1;
        for (String event : expected) {
            int blank = event.indexOf(' ');
            List<Event> found = all(event.substring(0, blank), event.substring(blank + 1));
            if (found.isEmpty() || found.get(0).time < last) {
                throw new AssertionError("'" + event + "' " + (found.isEmpty() ? "never came" : "came too early")
                        + ": expected " + List.of(expected) + " in\n" + this);
            }
            last = found.get(0).time;
        }
    }

    public void awaitEvent(String who, String what) {
        awaitEvents(who, what, 1);
    }

    public void awaitEvents(String who, String what, int times) {
        Await.until(who + " " + what + ", times " + times, () -> count(who, what) >= times, this);
    }

    @Override
    public synchronized String toString() {
        return events.stream().map(e -> "  " + e).collect(Collectors.joining("\n"));
    }
}
