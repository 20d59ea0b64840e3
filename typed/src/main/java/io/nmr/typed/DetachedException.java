package io.nmr.typed;

import java.time.Instant;

/**
 * A call was refused because its binding has begun to detach; nothing was called. The message names the NPI, the binding
 * and when it began.
 */
public final class DetachedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** When the binding began to detach, or null. */
    private final Instant since;

    DetachedException(String message, Instant since) {
        super(message);
        this.since = since;
    }

    /** {@return when the binding began to detach; null if the registrar could not tell the module} */
    public Instant since() {
        return since;
    }
}
