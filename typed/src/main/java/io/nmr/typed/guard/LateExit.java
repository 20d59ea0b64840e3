package io.nmr.typed.guard;

import io.nmr.api.CallGate;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a call that went on after its method returned: once, however often a foreign stage may run it. From then on it keeps
 * nothing of the binding, for the stage may keep this (R7).
 */
public final class LateExit implements Runnable {

    private final AtomicReference<CallGate> gate;
    private final int token;

    /**
     * Of a call that is no longer on the chain of its thread.
     *
     * @param gate the gate that counts it
     * @param token what it is counted with
     */
    public LateExit(CallGate gate, int token) {
        this.gate = new AtomicReference<>(gate);
        this.token = token;
    }

    /** {@return what the call is counted with, for calls within it} */
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
