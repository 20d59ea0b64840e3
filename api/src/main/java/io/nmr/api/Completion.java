package io.nmr.api;

/**
 * What one close of a {@link CallGate} left to be run when the last call is gone: an element of a stack, newest first.
 *
 * <p><b>Threading.</b> Written by the thread that pushes it, before it does; and by the one that has taken the stack.
 */
final class Completion {

    /** Takes the place of the stack once it has been taken. */
    static final Completion TAKEN = new Completion(null, null);

    private final Runnable drained;
    private Completion next;

    Completion(Runnable drained, Completion next) {
        this.drained = drained;
        this.next = next;
    }

    /**
     * Runs a stack that has been taken, oldest first: the owner's own completion before the registrar's in its stead.
     *
     * @param answered the completion of a close that answers SUCCESS itself, and which is therefore not run, or null
     */
    static void run(Completion newest, Completion answered) {
        for (Completion each = turned(newest); each != null; each = each.next) {
            if (each != answered) {
                each.run();
            }
        }
    }

    private static Completion turned(Completion newest) {
        Completion oldest = null;
        Completion rest = newest;
        while (rest != null) {
            Completion next = rest.next;
            rest.next = oldest;
            oldest = rest;
            rest = next;
        }
        return oldest;
    }

    private void run() {
        try {
            drained.run();
        } catch (Throwable t) {
            report(t);
        }
    }

    /** Where that fails as well, the completions after this one count for more. */
    private void report(Throwable failure) {
        try {
            System.getLogger(CallGate.class.getName())
                    .log(System.Logger.Level.ERROR, "The completion of a closed call gate failed: " + drained, failure);
        } catch (Throwable t) {
            // no log is left
        }
    }
}
