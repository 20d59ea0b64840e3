package io.nmr.history;

import java.util.Optional;

/** What happened to one registration, outside of its bindings. */
final class ModuleTrail extends Trail {

    final RegisteredModule module;

    ModuleTrail(RegisteredModule module) {
        this.module = module;
    }

    Optional<Event> registering() {
        return first(Kind.REGISTER_BEGIN);
    }

    Optional<Event> registered() {
        return first(Kind.REGISTER_END, Outcome.SUCCESS);
    }

    /** The return of the deregistration that counted. */
    Optional<Event> left() {
        return first(Kind.DEREGISTER_END, Outcome.PENDING);
    }

    Optional<Event> complete() {
        return first(Kind.DEREGISTERED);
    }

    /** Whether somebody waited for its end in vain. */
    boolean isOverdue() {
        return has(Kind.TIMEOUT) && !has(Kind.DEREGISTERED);
    }

    boolean leavesBefore(Event event) {
        return hasBefore(Kind.DEREGISTER_BEGIN, event);
    }
}
