package io.nmr.typed.guard;

import io.nmr.api.CallGate;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends a call that went on after its method returned: once, however often a foreign stage may run it. */
public final class LateExit implements Runnable {

    private final CallGate gate;
    private final int token;
    private final AtomicBoolean exited = new AtomicBoolean();

    /**
     * Of a call that is no longer on the chain of its thread.
     *
     * @param gate the gate that counts it
     * @param token what it is counted with
     */
    public LateExit(CallGate gate, int token) {
        this.gate = gate;
        this.token = token;
    }

    /** {@return what the call is counted with, for calls within it} */
    public int token() {
        return token;
    }

    @Override
    public void run() {
        if (exited.compareAndSet(false, true)) {
            gate.exit(token);
        }
    }
}
