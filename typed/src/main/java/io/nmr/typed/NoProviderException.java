package io.nmr.typed;

/** No attached provider takes a call; nothing was called. The message names the NPI, the client, and how long it waited. */
public final class NoProviderException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoProviderException(String message) {
        super(message);
    }
}
