package io.nmr.api;

import java.util.Objects;

/**
 * A caller's error: a registration that R4 forbids, a handle used at the wrong moment. Nothing has changed. The message
 * names the module, the binding, its state and what was expected.
 */
public final class NmrException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** The 32 bits of the status, which is not serializable itself. */
    private final int status;

    /**
     * An error that the caller made.
     *
     * @param status what the NMR function would have returned
     * @param message which module, which handle, what was expected
     */
    public NmrException(NmrStatus status, String message) {
        super(Objects.requireNonNull(message, "message") + ": " + status);
        this.status = status.value();
    }

    /** {@return what the NMR function would have returned} */
    public NmrStatus status() {
        return new NmrStatus(status);
    }
}
