package io.nmr.api.runtime;

/** What a binding goes through, coarsely; the protocol document has the fine states. */
public enum BindingState {
    /** An offer is under way; either side may still refuse. */
    ATTACHING,
    /** The two call each other. */
    ATTACHED,
    /** Both sides are told, or about to be, and complete when their calls in progress have returned. */
    DETACHING,
    /** Both have completed, and clean up. */
    CLEANING
}
