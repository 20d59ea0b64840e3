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

    /** Copies the stack. */
    public CallSnapshot {
        stack = List.copyOf(stack);
    }
}
