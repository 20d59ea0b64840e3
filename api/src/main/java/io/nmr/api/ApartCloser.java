package io.nmr.api;

/** A closing face apart from its gate: code that has the gate cannot close it. */
final class ApartCloser implements CallGate.Closer {

    private final CallGate gate;

    ApartCloser(CallGate gate) {
        this.gate = gate;
    }

    @Override
    public CallGate gate() {
        return gate;
    }

    @Override
    public NmrStatus close(Runnable drained) {
        return gate.closeFor(drained);
    }

    @Override
    public String toString() {
        return gate.toString();
    }
}
