package io.nmr.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What one round measured.
 *
 * @param name of its file
 * @param measurements all of them
 */
record Round(String name, List<Measurement> measurements) {

    @SuppressWarnings("unchecked") // as JMH writes it
    static Round read(Path file) throws IOException {
        List<Measurement> measurements = ((List<Object>) Json.parse(Files.readString(file)))
                .stream().map(each -> Measurement.of((Map<String, Object>) each)).toList();
        return new Round(file.getFileName().toString(), measurements);
    }

    /** @throws NoSuchElementException if there is none */
    Measurement find(String name, int threads, String... parameters) {
        return measurements.stream()
                .filter(each -> each.name().equals(name) && each.threads() == threads && each.has(parameters))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(
                        name + " with " + threads + " threads, " + String.join(", ", parameters)));
    }

    /** Nanoseconds of a tracked call from platform threads. */
    double call(String method, int threads) {
        return find("TrackedCall." + method, threads, "callers=PLATFORM").score();
    }

    /** What a guard adds to the bare call. */
    double added(String method, int threads) {
        return call(method, threads) - call("direct", threads);
    }

    /** How much longer a call takes with four threads than with one. */
    double growth(String method) {
        return call(method, 4) / call(method, 1);
    }

    /** Microseconds of an operation of one thread. */
    double time(String name, String... parameters) {
        return find(name, 1, parameters).median();
    }

    /** Bytes kept after a million virtual threads that called, not all of them at once. */
    double keptAfterThreads(String method) {
        return find("ManyThreads." + method, 1, "threads=1000000", "atOnce=1000").counters().get("kept");
    }

    double unrest() {
        return growth("oneXadd");
    }
}
