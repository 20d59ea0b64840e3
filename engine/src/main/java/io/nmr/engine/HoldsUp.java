package io.nmr.engine;

/** What a thread is inside of, and what cannot end before that thread returns from it (C6). */
sealed interface HoldsUp permits Binding, NetworkModule, HoldsUp.TrackedCall {

    /** Whether the deregistration of {@code module} cannot complete before; called with no lock of an NPI held. */
    boolean holdsUp(NetworkModule module);

    /**
     * A call through a gate that one of the module's bindings may have announced, on either side.
     *
     * @param gate the gate's number
     */
    record TrackedCall(long gate) implements HoldsUp {

        @Override
        public boolean holdsUp(NetworkModule module) {
            return module.npi.decide(module, each -> each.sides.anyMatch(side -> side.counts(gate) || side.peer().counts(gate)));
        }

        @Override
        public String toString() {
            return "a call through gate " + gate;
        }
    }
}
