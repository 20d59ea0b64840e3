package io.nmr.history;

/**
 * What can be recorded. A begin is recorded before what it begins, as the first thing in a callback; an end before the
 * callback returns, or after a method of the registrar has returned. Nothing but what the check needs is obligatory: a
 * history may leave out all of one side, or all calls.
 */
public enum Kind {
    /** A registration is asked for; of a service, before it is published. */
    REGISTER_BEGIN,
    /** It returned; SUCCESS, or it never came to be. */
    REGISTER_END,
    /**
     * The registration is about to be ended, by whatever means: deregister, unregistering the service, stopping the
     * bundle. Not to be left out: without it a history says that the module is still there.
     */
    DEREGISTER_BEGIN,
    /** Deregister returned: PENDING, or REFUSED where it had been deregistered before. */
    DEREGISTER_END,
    /** The client's callback that tells it of its deregistration. */
    NOTICE_BEGIN,
    /** It returned. */
    NOTICE_END,
    /** The deregistration is complete, as a wait or the stage told. */
    DEREGISTERED,
    /** A wait for the deregistration ended without that: its time ran out, or it was abandoned. */
    TIMEOUT,
    /** The module's activator is about to tear down what its calls need (O2). */
    STOP_BEGIN,
    /** It has torn that down. */
    STOP_END,
    /** The attach callback of either role. */
    ATTACH_BEGIN,
    /** SUCCESS where it accepted, of the provider; of the client, where it confirmed. */
    ATTACH_END,
    /** The side announced its gate to the registrar (D9). */
    ANNOUNCE,
    /** The side gave a context that does not lead back here: its later callbacks are not recorded. */
    UNTRACKED,
    /** The detach callback. */
    DETACH_BEGIN,
    /** SUCCESS, or PENDING where calls are in progress. */
    DETACH_END,
    /** The side is about to call detachComplete. */
    COMPLETE_BEGIN,
    /** That returned; REFUSED where it was the caller's error. */
    COMPLETE_END,
    /** The cleanup callback. */
    CLEANUP_BEGIN,
    /** It returned: the side is rid of the binding. */
    CLEANUP_END,
    /** A call into the other side is about to enter; the note is its number, and {@code within} another's. */
    CALL_BEGIN,
    /** It was admitted, and is in progress from before this. */
    CALL_ENTERED,
    /** It was refused, for its binding detaches. */
    CALL_REFUSED,
    /** Its completion, before it leaves the gate: of an asynchronous one its stage's. */
    CALL_END,
    /** Nothing but a moment on its thread: whatever follows there was decided after it. */
    MARK;

    /** Whether it is about a callback of one side of a binding. */
    boolean isCallback() {
        return begins() || ends();
    }

    /** Whether a callback of one side of a binding begins. */
    boolean begins() {
        return this == ATTACH_BEGIN || this == DETACH_BEGIN || this == CLEANUP_BEGIN;
    }

    /** Whether a callback of one side of a binding ends. */
    boolean ends() {
        return this == ATTACH_END || this == DETACH_END || this == CLEANUP_END;
    }

    /** The begin that an end ends: the one before it. */
    Kind begin() {
        return values()[ordinal() - 1];
    }
}
