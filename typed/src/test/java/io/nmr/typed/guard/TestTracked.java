package io.nmr.typed.guard;

import io.nmr.api.CallChain;
import io.nmr.api.CallGate;

/** Tracks with itself as the gate. */
final class TestTracked extends CallGate.Owned implements Tracked {

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
    public Object begin() {
        return admitted(CallChain.begin(this));
    }

    @Override
    public void end(Object begun) {
        CallChain.end(this, begun);
    }

    @Override
    public void enterAsync() {
        admitted(CallChain.enterAsync(this) ? this : null);
    }

    @Override
    public void exit() {
        CallChain.exit(this);
    }

    @Override
    public LateExit exitLater() {
        return new LateExit(this, CallChain.leave(this));
    }

    private static Object admitted(Object begun) {
        if (begun == null) {
            throw new IllegalStateException("closed");
        }
        return begun;
    }

    @Override
    public String toString() {
        return "tracked by the test";
    }
}
