package io.nmr.typed.guard;

import io.nmr.api.CallGate;

/** Tracks with a gate of its own. */
final class TestTracked extends Tracked {

    final CallGate.Closer closer;
    private final Object target;

    private TestTracked(Object target, CallGate.Closer closer) {
        super(closer.gate());
        this.target = target;
        this.closer = closer;
    }

    static TestTracked of(Object target) {
        return new TestTracked(target, CallGate.open());
    }

    @Override
    public Object target() {
        return target;
    }

    @Override
    protected void enterClosed(CallGate gate) {
        throw new IllegalStateException("closed");
    }

    @Override
    public String toString() {
        return "tracked by the test";
    }
}
