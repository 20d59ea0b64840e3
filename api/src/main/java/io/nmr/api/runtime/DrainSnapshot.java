package io.nmr.api.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A stop or an unregistration that waits for bindings to detach.
 *
 * @param id its number; never used again by this registrar
 * @param what what goes, as log records name it: a bundle, a service, the framework, the registrar
 * @param since when the drain began
 * @param age how long it had been under way
 * @param remaining how long it may still take before its timeout passes; negative once it has, null without bound
 * @param modules how many modules go
 * @param bindings the bindings that it waits for
 */
public record DrainSnapshot(
        long id,
        String what,
        Instant since,
        Duration age,
        Duration remaining,
        int modules,
        List<BindingSnapshot> bindings) {

    /**
     * Copies the bindings.
     *
     * @param id as in the record
     * @param what as in the record
     * @param since as in the record
     * @param age as in the record
     * @param remaining as in the record
     * @param modules as in the record
     * @param bindings as in the record; no element may be null
     */
    public DrainSnapshot {
        bindings = List.copyOf(bindings);
    }
}
