package io.nmr.api.runtime;

import java.util.List;

/**
 * A thread inside a tracked call.
 *
 * @param caller which side's call it is
 * @param threadId the id of the thread
 * @param threadName its name
 * @param stack where it was, innermost first, a frame a string; empty if it had returned meanwhile
 */
public record CallSnapshot(Role caller, long threadId, String threadName, List<String> stack) {

    /**
     * Copies the stack.
     *
     * @param caller as in the record
     * @param threadId as in the record
     * @param threadName as in the record
     * @param stack as in the record; no element may be null
     */
    public CallSnapshot {
        stack = List.copyOf(stack);
    }
}
