package io.nmr.engine;

/**
 * Something that a committed transition leads to: a callback to make, or a stage to complete. Performing one twice is
 * harmless: the first performance claims it under the lock of its NPI, the other finds nothing to do.
 */
public abstract sealed class Effect implements Runnable
        permits Offer, DeregisterNotice, DetachNotice, Cleanup, StageCompletion {

    /** The one after it in its {@link EffectLine}. */
    Effect next;

    /** The sorts of effects. */
    public enum Kind {
        /** The client's attach callback, and within it the provider's. */
        OFFER,
        /** A client is told that its deregistration begins. */
        DEREGISTER_NOTICE,
        /** One side's detach callback. */
        DETACH_NOTICE,
        /** One side's cleanup callback. */
        CLEANUP,
        /** The stage of a registration, and what is chained to it. */
        STAGE
    }

    /** Which sort this is. */
    public abstract Kind kind();

    /** The module whose code is called. */
    public abstract ModuleName module();

    @Override
    public String toString() {
        return kind() + " for " + module();
    }
}
