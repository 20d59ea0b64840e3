package io.nmr.engine.spi;

import io.nmr.api.runtime.ModuleRef;
import io.nmr.api.runtime.RegistrarEvent.OfIncident;
import java.util.Objects;

/**
 * Something that a module did wrong, or that the engine contained, with its cause: for the log.
 *
 * @param kind its sort
 * @param rule the rule that was broken or applied, such as {@code A11}
 * @param module the module that is to blame, or null
 * @param message which module of which NPI, which binding, what happened and what follows
 * @param cause the exception that was thrown, or null
 */
public record Incident(OfIncident.Kind kind, String rule, ModuleRef module, String message, Throwable cause) {

    /** Requires everything but the module and the cause. */
    public Incident {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(message, "message");
    }
}
