package io.nmr.typed.guard;

import io.nmr.api.CallGate;

/** Tracks with a gate of its own. */
final class TestTracked extends Tracked {

    private final Object target;

    private TestTracked(Object target) {
        this.target = target;
    }

    static TestTracked of(Object target) {
        return new TestTracked(target);
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
