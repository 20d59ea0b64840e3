package io.nmr.registrar;

import io.nmr.engine.Incident;
import java.util.concurrent.atomic.LongAdder;

/** How many incidents of each kind there were. */
final class IncidentCounts {

    private final LongAdder failedCallbacks = new LongAdder();
    private final LongAdder protocolErrors = new LongAdder();
    private final LongAdder possibleDeadlocks = new LongAdder();

    void count(Incident incident) {
        switch (incident.kind()) {
            case CALLBACK_FAILED -> failedCallbacks.increment();
            case PROTOCOL_ERROR -> protocolErrors.increment();
            case POSSIBLE_DEADLOCK -> possibleDeadlocks.increment();
            case EFFECT_REJECTED -> { }
        }
    }

    long failedCallbacks() {
        return failedCallbacks.sum();
    }

    long protocolErrors() {
        return protocolErrors.sum();
    }

    long possibleDeadlocks() {
        return possibleDeadlocks.sum();
    }
}
