package io.nmr.explore;

import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.history.BindingRecorder;
import io.nmr.history.CallRecorder;

/** A scripted module's side of one binding: its binding context. */
final class Link {

    final ScriptedModule module;
    final String peer;
    @NotState
    final BindingRecorder recorder;

    private final BindingHandle handle;
    private final CallGate.Closer gate = CallGate.open();

    Link(ScriptedModule module, BindingHandle handle, String peer) {
        this.module = module;
        this.handle = handle;
        this.peer = peer;
        this.recorder = module.recorder.binding(peer);
    }

    void announce() {
        handle.announce(gate);
        recorder.announced();
    }

    NmrStatus close() {
        return gate.close(this::complete);
    }

    /** What is the caller's error is recorded as such, and is no failure of the engine. */
    void complete() {
        try {
            recorder.complete(handle::detachComplete);
        } catch (NmrException refused) {
            module.world.baton.running().did(refused.status());
        }
    }

    /** Somebody calls the other side, again and again; once a call is refused, so are all that follow (T1). */
    void startCalling() {
        module.world.actor("calls of " + module + " in " + recorder.key(), () -> {
            boolean refused = false;
            for (int i = 0; i < module.conduct.calls(); i++) {
                boolean admitted = call();
                if (refused && admitted) {
                    throw new AssertionError("T1: a call is admitted in " + recorder.key() + " after one was refused");
                }
                refused = !admitted;
            }
        });
    }

    private boolean call() {
        module.world.baton.yield("calls");
        CallRecorder call = recorder.call();
        int token = gate.gate().enter();
        if (token == CallGate.REFUSED) {
            call.refused();
            return false;
        }
        call.entered();
        module.world.baton.yield("is inside a call");
        call.ended();
        gate.gate().exit(token);
        return true;
    }
}
