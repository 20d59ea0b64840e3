package io.nmr.api;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one close of a {@link CallGate} left to be run when the last call is gone: an element of a stack, newest first.
 */
record Completion(Runnable drained, Completion next) {

    /** Takes the place of the stack once it has been taken. */
    static final Completion TAKEN = new Completion(null, null);

    /**
     * Runs a stack that has been taken, oldest first: the owner's own completion before the registrar's in its stead.
     *
     * @param answered the completion of a close that answers SUCCESS itself, and which is therefore not run, or null
     */
    static void run(Completion newest, Completion answered) {
        Deque<Completion> oldestFirst = new ArrayDeque<>();
        for (Completion each = newest; each != null; each = each.next) {
            if (each != answered) {
                oldestFirst.push(each);
            }
        }
        oldestFirst.forEach(Completion::run);
    }

    private void run() {
        try {
            drained.run();
        } catch (Throwable t) {
            System.getLogger(CallGate.class.getName())
                    .log(System.Logger.Level.ERROR, "The completion of a closed call gate failed: " + drained, t);
        }
    }
}
