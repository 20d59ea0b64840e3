package io.nmr.api.runtime;

import java.time.Duration;
import java.time.Instant;

/** Something that happened. Names and numbers only, like everything here. */
public sealed interface RegistrarEvent {

    /** {@return its number: 1 for the first since the registrar started, and one more for each} */
    long sequence();

    /** {@return when it happened} */
    Instant time();

    /**
     * {@return its kind, which is the last part of its EventAdmin topic, for example {@code ATTACHED} of
     * {@code io/nmr/binding/ATTACHED}}
     */
    Enum<?> kind();

    /**
     * Something happened to a module.
     *
     * @param sequence its number
     * @param time when
     * @param kind what
     * @param module to which module
     */
    record OfModule(long sequence, Instant time, Kind kind, ModuleRef module) implements RegistrarEvent {

        /** What can happen to a module. */
        public enum Kind {
            /** It is registered; offers follow. */
            REGISTERED,
            /** Its deregistration has begun (D1). */
            DEREGISTERING,
            /** Waiting for its deregistration was given up (O3). */
            ABANDONED,
            /** Its deregistration is complete (C2). */
            DEREGISTERED
        }
    }

    /**
     * Something happened to a binding.
     *
     * @param sequence its number
     * @param time when
     * @param kind what
     * @param binding the number of the binding
     * @param client its client
     * @param provider its provider
     * @param leavingFor how long it had been on its way out; zero if it was not
     */
    record OfBinding(
            long sequence,
            Instant time,
            Kind kind,
            long binding,
            ModuleRef client,
            ModuleRef provider,
            Duration leavingFor)
            implements RegistrarEvent {

        /** What can happen to a binding. */
        public enum Kind {
            /** The provider is offered to the client (A1). */
            OFFERED,
            /** Either refused: there is no binding (A2, A5). */
            REFUSED,
            /** Both accepted. */
            ATTACHED,
            /** One of the modules goes; both sides are told (D2). */
            DETACHING,
            /** Waiting for it was given up (O3). */
            OVERDUE,
            /** Both sides have cleaned up: it is gone (C1). */
            DETACHED,
            /** An operator made the registrar forget it. */
            DROPPED
        }
    }

    /**
     * A drain began or ended.
     *
     * @param sequence its number
     * @param time when
     * @param kind what
     * @param drain the number of the drain
     * @param what what goes, as log records name it
     * @param took how long the drain took; zero when it begins
     * @param modules how many modules went
     * @param overdue how many bindings it gave up
     */
    record OfDrain(
            long sequence, Instant time, Kind kind, long drain, String what, Duration took, int modules, int overdue)
            implements RegistrarEvent {

        /** What can be told of a drain. */
        public enum Kind {
            /** It waits from here on. */
            BEGUN,
            /** All bindings are gone. */
            DRAINED,
            /** It gave up what remained (O3). */
            GIVEN_UP
        }
    }

    /**
     * Something went wrong, and was contained.
     *
     * @param sequence its number
     * @param time when
     * @param kind what
     * @param rule the rule of the protocol that was broken or applied, such as {@code A11}
     * @param module the module that is to blame, or null
     * @param message what happened, and what follows, as in the log
     */
    record OfIncident(long sequence, Instant time, Kind kind, String rule, ModuleRef module, String message)
            implements RegistrarEvent {

        /** The sorts of incidents. */
        public enum Kind {
            /** A callback threw, and was contained. */
            CALLBACK_FAILED,
            /** A module did what the protocol does not allow. */
            PROTOCOL_ERROR,
            /** A wait was refused because it could not have ended (C6). */
            POSSIBLE_DEADLOCK,
            /** The callback threads did not take a callback; it was called on the thread that found out. */
            EFFECT_REJECTED
        }
    }
}
