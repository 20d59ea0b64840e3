package io.nmr.engine.spi;

/** The sorts of effects: what a committed transition leads to. */
public enum EffectKind {
    /** The client's attach callback, and within it the provider's (A1, A4). */
    OFFER,
    /** A client is told that its deregistration begins (D1). */
    DEREGISTER_NOTICE,
    /** One side's detach callback (D2). */
    DETACH_NOTICE,
    /** One side's cleanup callback (C1). */
    CLEANUP,
    /** The stage of a registration, and the actions chained to it (C2). */
    STAGE
}
