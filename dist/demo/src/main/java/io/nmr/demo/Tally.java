package io.nmr.demo;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what became of the requests.
 *
 * <p>Threading: any thread; its monitor guards all fields and calls nothing foreign.
 */
final class Tally {
    private final Latencies latencies = new Latencies();
    private final Map<String, Long> failures = new TreeMap<>();
    private long requests;
    private long failed;
    private long cut;

    synchronized void answered(Answer answer, long micros) {
        cut += answer.cut() ? 1 : 0;
        if (!answer.ok()) {
            count("HTTP " + answer.status());
        } else if (answer.cut()) {
            count("HTTP 200, but cut");
        }
        finished(micros);
    }

    synchronized void failed(Exception failure, long micros) {
        count(failure.getClass().getSimpleName());
        finished(micros);
    }

    private void count(String kind) {
        failed++;
        failures.merge(kind, 1L, Long::sum);
    }

    private void finished(long micros) {
        requests++;
        latencies.record(micros);
        notifyAll();
    }

    /** Waits until that many more requests have finished, and tells whether they did in time. */
    synchronized boolean awaitFurther(long more, Duration timeout) throws InterruptedException {
        long wanted = requests + more;
        Deadline deadline = Deadline.in(timeout);
        while (requests < wanted && !deadline.passed()) {
            wait(Math.max(1, deadline.millisLeft()));
        }
        return requests >= wanted;
    }

    /** May be stale at once. */
    synchronized Snapshot snapshot() {
        return new Snapshot(
                requests,
                failed,
                cut,
                Map.copyOf(failures),
                latencies.percentile(50),
                latencies.percentile(99),
                latencies.longest());
    }

    /** All latencies in microseconds. */
    record Snapshot(long requests, long failed, long cut, Map<String, Long> failures, long p50, long p99, long longest) {}
}
