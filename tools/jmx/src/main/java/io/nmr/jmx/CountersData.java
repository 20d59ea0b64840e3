package io.nmr.jmx;

import io.nmr.api.runtime.Counters;

/** What has happened since the registrar started, for a console. */
public final class CountersData {

    private final Counters counters;

    CountersData(Counters counters) {
        this.counters = counters;
    }

    /** Providers offered to clients. */
    public long getOffered() {
        return counters.offered();
    }

    /** Bindings that came to be. */
    public long getAttached() {
        return counters.attached();
    }

    /** Offers that led to no binding. */
    public long getRefused() {
        return counters.refused();
    }

    /** Bindings that ended with both cleanups. */
    public long getDetached() {
        return counters.detached();
    }

    /** Bindings for which somebody stopped waiting. */
    public long getOverdue() {
        return counters.overdue();
    }

    /** Modules for which somebody stopped waiting. */
    public long getAbandoned() {
        return counters.abandoned();
    }

    /** Overdue bindings that an operator made the registrar forget. */
    public long getDropped() {
        return counters.dropped();
    }

    /** Callbacks that threw. */
    public long getFailedCallbacks() {
        return counters.failedCallbacks();
    }

    /** What modules did against the protocol. */
    public long getProtocolErrors() {
        return counters.protocolErrors();
    }

    /** Waits that were refused because they could not have ended. */
    public long getPossibleDeadlocks() {
        return counters.possibleDeadlocks();
    }
}
