package io.nmr.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What the modules of one test were told, and did, in order. Every event wakes those who await one: no test sleeps. */
final class History {

    /** Each callback's begin and end, and a side's completion just before it. */
    enum What {
        ATTACH,
        ATTACH_END,
        LEAVING,
        DETACH,
        DETACH_END,
        COMPLETE,
        CLEANUP,
        CLEANUP_END,
        /** The test's own. */
        MARK
    }

    /**
     * One moment.
     *
     * @param link the module's view of the binding; null where it gave a context of another kind
     * @param outcome what a callback answered or threw, at its end
     */
    record Event(int time, What what, TestModule module, Link link, Object outcome, Thread thread) {

        @Override
        public String toString() {
            return time + " " + what + " " + (link == null ? module : link) + (outcome == null ? "" : " " + outcome)
                    + " on " + thread.getName();
        }
    }

    private final long patience;
    private final List<Event> events = new ArrayList<>();
    private final Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();

    History(Duration patience) {
        this.patience = patience.toNanos();
    }

    synchronized void record(What what, TestModule module, Link link, Object outcome) {
        events.add(new Event(events.size() + 1, what, module, link, outcome, Thread.currentThread()));
        notifyAll();
    }

    void mark() {
        record(What.MARK, null, null, null);
    }

    /** A callback: its begin, what the test wants done in it, its end. */
    <T> T callback(What begin, What end, TestModule module, Link link, Supplier<T> script) {
        record(begin, module, link, null);
        Object outcome = null;
        try {
            T answer = script.get();
            outcome = answer;
            return answer;
        } catch (AssertionError e) {
            failures.add(e);
            throw e;
        } catch (RuntimeException | Error e) {
            outcome = e;
            throw e;
        } finally {
            record(end, module, link, outcome);
        }
    }

    /** What failed inside a callback: the registrar contains it, and the test is to fail all the same. */
    void requireNoFailure() {
        failures.forEach(failure -> {
            throw failure;
        });
    }

    synchronized void forget() {
        events.clear();
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    List<Event> all(What what, TestModule module) {
        return events().stream().filter(event -> event.what() == what && event.module() == module).toList();
    }

    /** What the module was told, in order, without the ends. */
    List<What> told(TestModule module) {
        return events().stream()
                .filter(event -> event.module() == module)
                .map(Event::what)
                .filter(what -> switch (what) {
                    case ATTACH, LEAVING, DETACH, CLEANUP -> true;
                    case ATTACH_END, DETACH_END, COMPLETE, CLEANUP_END, MARK -> false;
                })
                .toList();
    }

    int count(What what, TestModule module) {
        return all(what, module).size();
    }

    Event only(What what, TestModule module) {
        List<Event> found = all(what, module);
        assertEquals(1, found.size(), () -> what + " of " + module + ", once: " + this);
        return found.get(0);
    }

    Event mark(int number) {
        return all(What.MARK, null).get(number);
    }

    /** Waits for the first such event. */
    Event await(What what, TestModule module) {
        await(what + " of " + module, () -> count(what, module) > 0);
        return all(what, module).get(0);
    }

    /** Waits for a condition; looks when something is recorded, and now and then for what is not. */
    synchronized void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience;
        while (!condition.getAsBoolean()) {
            long remaining = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (remaining <= 0) {
                fail("awaited in vain: " + what + ": " + this);
            }
            try {
                wait(Math.min(remaining, 5));
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted while awaiting " + what, e);
            }
        }
    }

    @Override
    public String toString() {
        return events().stream().map(Event::toString).collect(Collectors.joining(System.lineSeparator(), System.lineSeparator(), ""));
    }
}
