package io.nmr.engine;

import java.util.List;

/**
 * A thread inside a tracked call. Names and numbers only; it does not pin the thread.
 *
 * @param caller which side's call it is
 * @param threadId the id of the thread
 * @param threadName its name
 * @param stack where it was, innermost first; empty if it had returned meanwhile. Hidden frames, such as those of
 *     generated classes, are in it only where the virtual machine was told to show them
 */
public record ThreadInCall(Role caller, long threadId, String threadName, List<String> stack) {

    /** Copies the stack. */
    public ThreadInCall {
        stack = List.copyOf(stack);
    }
}
