package io.nmr.engine;

/** Something that was committed. Names and numbers only: it pins nothing of the modules (R7). */
public sealed interface EngineEvent {

    /** When it was committed, on the engine's clock. */
    long nanoTime();

    /**
     * Something happened to a module: {@code REGISTERED DEREGISTERING [ABANDONED] DEREGISTERED}.
     *
     * @param nanoTime when
     * @param kind what
     * @param module to which module
     */
    record OfModule(long nanoTime, Kind kind, ModuleName module) implements EngineEvent {

        /** What can happen to a module. */
        public enum Kind {
            /** It is registered; its offers follow. */
            REGISTERED,
            /** Its deregistration has begun (D1). */
            DEREGISTERING,
            /** Nobody waits for its deregistration any longer (O3). */
            ABANDONED,
            /** Its deregistration is complete (C2). */
            DEREGISTERED
        }
    }

    /**
     * Something happened to a binding:
     * {@code OFFERED (REFUSED | ATTACHED DETACHING (DETACHED | DROPPED))}, and {@code OVERDUE} once at most, before its
     * end.
     *
     * @param nanoTime when
     * @param kind what
     * @param binding the number of the binding
     * @param client its client
     * @param provider its provider
     * @param leavingNanos how long it had been on its way out; 0 if it was not
     */
    record OfBinding(
            long nanoTime, Kind kind, long binding, ModuleName client, ModuleName provider, long leavingNanos)
            implements EngineEvent {

        /** What can happen to a binding. */
        public enum Kind {
            /** The pair is matched (R1, R2). */
            OFFERED,
            /** The offer has led to no binding: one of the two refused, or deregistered before it was made. */
            REFUSED,
            /** The provider has accepted (A11). */
            ATTACHED,
            /** Both sides are to be told to detach (D2). */
            DETACHING,
            /** Nobody waits for it any longer (O3). */
            OVERDUE,
            /** Both sides have cleaned up (C1). */
            DETACHED,
            /** It was overdue, and the engine was made to forget it. */
            DROPPED
        }
    }
}
