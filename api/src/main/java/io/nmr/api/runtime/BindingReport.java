package io.nmr.api.runtime;

import java.util.List;

/**
 * A binding and the threads inside of its tracked calls. There may be fewer threads than calls in progress: a call that
 * goes on asynchronously has none, and raw gates and most virtual threads are counted without being known.
 *
 * @param binding the binding
 * @param calls the threads that are known to be inside of its calls
 */
public record BindingReport(BindingSnapshot binding, List<CallSnapshot> calls) {

    /**
     * Copies the calls.
     *
     * @param binding as in the record
     * @param calls as in the record; no element may be null
     */
    public BindingReport {
        calls = List.copyOf(calls);
    }
}
