package io.nmr.itests.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened, in order: the place of an event in the list is its logical time. */
public final class Journal {

    /** An event, and the thread it happened on. */
    public record Event(int time, Moment.Of moment, Thread thread) {

        @Override
        public String toString() {
            return time + " " + moment + " (" + thread.getName() + ")";
        }
    }

    private final List<Event> events = new ArrayList<>();
    private final Map<Moment.Of, List<Event>> byMoment = new HashMap<>();

    public synchronized void add(String who, Moment what) {
        Event event = new Event(events.size(), what.of(who), Thread.currentThread());
        events.add(event);
        byMoment.computeIfAbsent(event.moment, moment -> new ArrayList<>()).add(event);
    }

    private synchronized List<Event> all(Moment.Of moment) {
        return List.copyOf(byMoment.getOrDefault(moment, List.of()));
    }

    public List<Event> all(String who, Moment what) {
        return all(what.of(who));
    }

    public int count(String who, Moment what) {
        return all(who, what).size();
    }

    /** The one event of this sort. */
    public Event only(String who, Moment what) {
        return only(what.of(who));
    }

    private Event only(Moment.Of moment) {
        List<Event> found = all(moment);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " times, not once: " + moment + " in\n" + this);
        }
        return found.get(0);
    }

    public int time(String who, Moment what) {
        return only(who, what).time;
    }

    /** Each of these happened once, in this order. */
    public void assertOrder(Moment.Of... expected) {
        for (Moment.Of moment : expected) {
            only(moment);
        }
        assertOrderOfFirst(expected);
    }

    /** The first of each of these happened in this order. */
    public void assertOrderOfFirst(Moment.Of... expected) {
        int last = -1;
        for (Moment.Of moment : expected) {
            List<Event> found = all(moment);
            if (found.isEmpty() || found.get(0).time < last) {
                throw new AssertionError(moment + (found.isEmpty() ? " never came" : " came too early")
                        + ": expected " + List.of(expected) + " in\n" + this);
            }
            last = found.get(0).time;
        }
    }

    public void awaitEvent(String who, Moment what) {
        Await.until(what.of(who).toString(), () -> count(who, what) > 0, this);
    }

    @Override
    public synchronized String toString() {
        return events.stream().map(e -> "  " + e).collect(Collectors.joining("\n"));
    }
}
