package io.nmr.engine;

import java.util.Objects;

/**
 * Something that a module did wrong, or that the engine contained: for the log and the counters.
 *
 * @param kind what sort of thing it is
 * @param rule the rule that was broken or applied, such as {@code A11}
 * @param module the module that is to blame
 * @param message which module of which NPI, which binding, what happened and what follows
 * @param cause what was thrown, or null
 */
public record Incident(Kind kind, String rule, ModuleName module, String message, Throwable cause) {

    /** The sorts of incidents. */
    public enum Kind {
        /** A callback threw or answered nonsense, and was contained. */
        CALLBACK_FAILED,
        /** A module called at the wrong moment, or answered what the protocol does not allow. */
        PROTOCOL_ERROR,
        /** A wait was refused because it could not have ended. */
        POSSIBLE_DEADLOCK,
        /** The executor did not take an effect; it was performed on the thread that found out. */
        EFFECT_REJECTED
    }

    /** Requires everything but the module and the cause. */
    public Incident {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(message, "message");
    }
}
