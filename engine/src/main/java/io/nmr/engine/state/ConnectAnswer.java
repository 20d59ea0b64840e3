package io.nmr.engine.state;

/** What becomes of a client's call of attach. */
public enum ConnectAnswer {
    /** The provider is to be asked. */
    LEGAL,
    /** One of the modules leaves: the provider is not asked (D1, D8). */
    DOOMED,
    /** Not inside the callback, not its thread, or attached already (A10). */
    MISUSED
}
