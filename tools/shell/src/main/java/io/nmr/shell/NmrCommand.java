package io.nmr.shell;

/** A command, its options set. */
interface NmrCommand {

    /**
     * Does it.
     *
     * @throws IllegalArgumentException if an operand names nothing that there is; the message says what there is
     * @throws IllegalStateException if it cannot be done; the message says why, and what is so now
     */
    void run(Console console);
}
