package io.nmr.history;

/** How something ended; what exactly was answered or thrown is in the note of its event. */
public enum Outcome {
    /** Of an event that is no end. */
    NONE,
    /** It returned, with SUCCESS where it has a status; an acceptance. */
    SUCCESS,
    /** It answered PENDING. */
    PENDING,
    /** It answered any other status; of the caller's errors, that they changed nothing. */
    REFUSED,
    /** It threw, or answered null where that is none of the legal answers. */
    FAILED
}
