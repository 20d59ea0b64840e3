package io.nmr.typed;

import java.time.Instant;

/**
 * A call through a dispatch table whose binding has begun to detach; nothing was called. The message names the NPI and
 * the binding, and says since when.
 */
public final class DetachedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** When the binding began to detach. */
    private final Instant since;

    DetachedException(String message, Instant since) {
        super(message);
        this.since = since;
    }

    /** {@return when the binding began to detach} */
    public Instant since() {
        return since;
    }
}
