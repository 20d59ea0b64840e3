package io.nmr.shell;

import io.nmr.api.runtime.BundleRef;
import java.time.Duration;

/**
 * A swap that was done.
 *
 * @param from which bundle went
 * @param to which came
 * @param clients how many clients are attached to the new one
 * @param start how long the new one took to start
 * @param attach how long it then took until it had all clients
 * @param stop how long the old one took to drain and stop
 * @param bindings how many bindings of the old one were drained
 * @param callsInProgress how many calls were in progress in them when the old one began to stop
 * @param overdue how many of them were given up
 */
record SwapReport(
        BundleRef from,
        BundleRef to,
        int clients,
        Duration start,
        Duration attach,
        Duration stop,
        int bindings,
        long callsInProgress,
        long overdue) {

    @Override
    public String toString() {
        return String.format(
                "%s took over from %s.%n"
                        + "  started           %s%n"
                        + "  clients attached  %d, after %s%n"
                        + "  drained, stopped  %s; bindings %d, calls in progress %d%n%s",
                to,
                from,
                Shown.of(start),
                clients,
                Shown.of(attach),
                Shown.of(stop),
                bindings,
                callsInProgress,
                overdue == 0
                        ? ""
                        : String.format("  overdue           %d: their calls go on in a stopped bundle; see nmr:bindings%n", overdue));
    }
}
