package io.nmr.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The drain records that the framework has printed, one for each bundle.
 *
 * <p>Threading: any thread; its monitor guards all fields and calls nothing foreign.
 */
final class Drains {
    private final Map<Long, DrainRecord> records = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    synchronized void line(String line) {
        if (DrainRecord.isIn(line)) {
            DrainRecord.parse(line).ifPresentOrElse(this::add, () -> problems.add("unreadable drain record: " + line));
            notifyAll();
        }
    }

    private void add(DrainRecord drain) {
        if (records.putIfAbsent(drain.id(), drain) != null) {
            problems.add("a second drain record of " + drain.bundle() + " [" + drain.id() + "]");
        }
    }

    /** Empty if none came in time. */
    synchronized Optional<DrainRecord> await(long bundle, Duration timeout) throws InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        while (!records.containsKey(bundle) && !deadline.passed()) {
            wait(Math.max(1, deadline.millisLeft()));
        }
        return Optional.ofNullable(records.get(bundle));
    }

    synchronized long overdue() {
        return records.values().stream().filter(DrainRecord::overdue).count();
    }

    synchronized List<String> problems() {
        return List.copyOf(problems);
    }
}
