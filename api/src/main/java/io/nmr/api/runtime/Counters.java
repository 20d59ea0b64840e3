package io.nmr.api.runtime;

/**
 * What has happened since the registrar started; each only grows. Read one after the other, so they need not agree.
 *
 * @param offered providers offered to clients (R1, R2)
 * @param attached bindings that came to be (A11)
 * @param refused offers that led to no binding: either side refused
 * @param detached bindings that ended with both cleanups
 * @param overdue bindings that a drain or an operator gave up (O3)
 * @param abandoned registrations that a drain or an operator gave up
 * @param dropped overdue bindings that an operator made the registrar forget
 * @param failedCallbacks callbacks that threw
 * @param protocolErrors what modules did against the protocol
 * @param possibleDeadlocks waits that were refused because they could not have ended (C6)
 */
public record Counters(
        long offered,
        long attached,
        long refused,
        long detached,
        long overdue,
        long abandoned,
        long dropped,
        long failedCallbacks,
        long protocolErrors,
        long possibleDeadlocks) {}
