package io.nmr.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The drain records that the framework has printed, one for each bundle and, where that is updated, each of its versions in
 * turn.
 *
 * <p>Threading: any thread; its monitor guards all fields and calls nothing foreign.
 */
final class Drains {
    private final Map<Long, DrainRecord> latest = new HashMap<>();
    private final Map<Long, Deque<DrainRecord>> untaken = new HashMap<>();
    private long overdue;
    private final List<String> problems = new ArrayList<>();

    synchronized void line(String line) {
        if (DrainRecord.isIn(line)) {
            DrainRecord.parse(line).ifPresentOrElse(this::add, () -> problems.add("unreadable drain record: " + line));
            notifyAll();
        }
    }

    private void add(DrainRecord drain) {
        DrainRecord before = latest.put(drain.id(), drain);
        if (before != null && before.version().equals(drain.version())) {
            problems.add("a second drain record of " + drain.bundle() + " " + drain.version() + " [" + drain.id() + "]");
            return;
        }
        untaken.computeIfAbsent(drain.id(), id -> new ArrayDeque<>()).add(drain);
        overdue += drain.overdue() ? 1 : 0;
    }

    /** Takes the earliest record of a bundle that is not taken yet; empty if none came in time. */
    synchronized Optional<DrainRecord> take(long bundle, Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        while (untaken(bundle).isEmpty() && !deadline.passed()) {
            wait(Math.max(1, deadline.millisLeft()));
        }
        return Optional.ofNullable(untaken(bundle).poll());
    }

    private Deque<DrainRecord> untaken(long bundle) {
        return untaken.getOrDefault(bundle, new ArrayDeque<>());
    }

    synchronized long overdue() {
        return overdue;
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }
}
