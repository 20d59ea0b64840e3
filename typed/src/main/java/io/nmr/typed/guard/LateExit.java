package io.nmr.typed.guard;

import io.nmr.api.CallGate;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a call that continued after its method returned. It ends the call once, even if a foreign stage runs it twice.
 * After that it refers to nothing of the binding, because the stage may still refer to it (R7).
 */
public final class LateExit implements Runnable {

    private final AtomicReference<CallGate> gate;
    private final int token;

    /**
     * For a call that is no longer on the chain of its thread.
     *
     * @param gate the gate that counts it
     * @param token its token
     */
    public LateExit(CallGate gate, int token) {
        this.gate = new AtomicReference<>(gate);
        this.token = token;
    }

    /** {@return the token of the call, for calls within it} */
    public int token() {
        return token;
    }

    @Override
    public void run() {
        CallGate mine = gate.getAndSet(null);
        if (mine != null) {
            mine.exit(token);
        }
    }
}
