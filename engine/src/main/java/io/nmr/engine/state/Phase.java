package io.nmr.engine.state;

import static io.nmr.engine.state.Phase.Input.ACCEPT;
import static io.nmr.engine.state.Phase.Input.ALL_CLEAN;
import static io.nmr.engine.state.Phase.Input.ALL_DETACHED;
import static io.nmr.engine.state.Phase.Input.CONFIRM;
import static io.nmr.engine.state.Phase.Input.CONNECT;
import static io.nmr.engine.state.Phase.Input.DECLINE;
import static io.nmr.engine.state.Phase.Input.DEREGISTER;
import static io.nmr.engine.state.Phase.Input.DROP;
import static io.nmr.engine.state.Phase.Input.OFFER;
import static io.nmr.engine.state.Phase.Input.REFUSE;

import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.Role;

/**
 * What a binding goes through, from the commit of its offer to its end. A phase named {@code …_DOOMED} is its namesake
 * after one of the two modules began to deregister: the attachment is let finish, and then detached (D8).
 */
public enum Phase {
    /** The pair is matched, the client's callback not yet called. */
    OFFERED,
    /** Inside the client's attach callback, nothing accepted. */
    ATTACHING,
    ATTACHING_DOOMED,
    /** Inside the provider's attach callback, which runs inside the client's. */
    CONNECTING,
    CONNECTING_DOOMED,
    /** The provider accepted, the client's attach callback has not yet returned. */
    ACCEPTED,
    ACCEPTED_DOOMED,
    /** Both know the binding, and neither leaves. */
    ATTACHED,
    /** The detach callbacks are due, called or pending; {@link SideState} tells, for each side. */
    DETACHING,
    /** Both sides have completed their detach; the cleanup callbacks are due or called. */
    CLEANING,
    /** It has ended, or never came to be. */
    GONE;

    /** What can happen to a binding. */
    enum Input {
        /** The client's attach callback is about to be called. */
        OFFER,
        /** The client called attach. */
        CONNECT,
        /** The provider refused. */
        REFUSE,
        /** The provider accepted. */
        ACCEPT,
        /** The client's attach callback returned success. */
        CONFIRM,
        /** The client's attach callback returned anything else, or threw. */
        DECLINE,
        /** One of the two modules deregisters. */
        DEREGISTER,
        /** Both sides have completed their detach. */
        ALL_DETACHED,
        /** Both cleanup callbacks have been called. */
        ALL_CLEAN,
        /** It is overdue, and to be forgotten. */
        DROP
    }

    private static final TransitionTable<Phase, Input> TABLE = new TransitionTable<>(Phase.class, Input.class)
            .on(OFFERED, OFFER, ATTACHING)
            .on(OFFERED, DEREGISTER, GONE)
            .on(ATTACHING, CONNECT, CONNECTING)
            .on(ATTACHING, CONFIRM, GONE)
            .on(ATTACHING, DECLINE, GONE)
            .on(ATTACHING, DEREGISTER, ATTACHING_DOOMED)
            .on(ATTACHING_DOOMED, CONFIRM, GONE)
            .on(ATTACHING_DOOMED, DECLINE, GONE)
            .on(ATTACHING_DOOMED, DEREGISTER, ATTACHING_DOOMED)
            .on(CONNECTING, REFUSE, ATTACHING)
            .on(CONNECTING, ACCEPT, ACCEPTED)
            .on(CONNECTING, DEREGISTER, CONNECTING_DOOMED)
            .on(CONNECTING_DOOMED, REFUSE, ATTACHING_DOOMED)
            .on(CONNECTING_DOOMED, ACCEPT, ACCEPTED_DOOMED)
            .on(CONNECTING_DOOMED, DEREGISTER, CONNECTING_DOOMED)
            .on(ACCEPTED, CONFIRM, ATTACHED)
            .on(ACCEPTED, DECLINE, DETACHING)
            .on(ACCEPTED, DEREGISTER, ACCEPTED_DOOMED)
            .on(ACCEPTED_DOOMED, CONFIRM, DETACHING)
            .on(ACCEPTED_DOOMED, DECLINE, DETACHING)
            .on(ACCEPTED_DOOMED, DEREGISTER, ACCEPTED_DOOMED)
            .on(ATTACHED, DEREGISTER, DETACHING)
            .on(DETACHING, DEREGISTER, DETACHING)
            .on(DETACHING, ALL_DETACHED, CLEANING)
            .on(CLEANING, DEREGISTER, CLEANING)
            .on(CLEANING, ALL_CLEAN, GONE)
            .on(DETACHING, DROP, GONE)
            .on(CLEANING, DROP, GONE);

    /** The phase after {@code input}, or null where that is not legal. */
    Phase next(Input input) {
        return TABLE.next(this, input);
    }

    /** Whether the attach callback of this role is under way; the provider's runs inside the client's. */
    boolean isInsideCallbackOf(Role role) {
        return switch (this) {
            case ATTACHING, ATTACHING_DOOMED, ACCEPTED, ACCEPTED_DOOMED -> role == Role.CLIENT;
            case CONNECTING, CONNECTING_DOOMED -> true;
            case OFFERED, ATTACHED, DETACHING, CLEANING, GONE -> false;
        };
    }

    /** As snapshots show it: a binding is attached from the moment the provider has accepted (A11). */
    BindingState shown() {
        return switch (this) {
            case OFFERED, ATTACHING, ATTACHING_DOOMED, CONNECTING, CONNECTING_DOOMED -> BindingState.ATTACHING;
            case ACCEPTED, ACCEPTED_DOOMED, ATTACHED -> BindingState.ATTACHED;
            case DETACHING -> BindingState.DETACHING;
            case CLEANING, GONE -> BindingState.CLEANING;
        };
    }
}
