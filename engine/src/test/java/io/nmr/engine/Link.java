package io.nmr.engine;

import io.nmr.api.AttachResult;
import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.engine.state.Binding;
import io.nmr.engine.state.Side;
import io.nmr.history.BindingRecorder;
import io.nmr.history.CallRecorder;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One side's view of one binding: what a recording module gives as its binding context, and what scripts act on. */
final class Link {

    final RecordingModule module;
    final BindingHandle handle;
    final Object registrationContext;
    final RegistrationInstance peer;
    final CallGate.Closer gate = CallGate.open();
    final BindingRecorder recorder;

    private final Queue<CallRecorder> calls = new ConcurrentLinkedQueue<>();

    volatile Object peerContext;
    volatile Object peerDispatch;

    Link(RecordingModule module, BindingHandle handle, Object registrationContext, RegistrationInstance peer) {
        this.module = module;
        this.handle = handle;
        this.registrationContext = registrationContext;
        this.peer = peer;
        this.recorder = module.history.recorder(side());
    }

    Side side() {
        return (Side) handle;
    }

    Binding binding() {
        return side().binding();
    }

    /** The client attaches, with this as its context and its dispatch table. */
    AttachResult attach() {
        return attach(this, this);
    }

    AttachResult attach(Object context, Object dispatch) {
        if (context != this) {
            recorder.untracked();
        }
        AttachResult result = ((ClientBindingHandle) handle).attach(context, dispatch);
        if (result instanceof AttachResult.Attached attached) {
            peerContext = attached.bindingContext();
            peerDispatch = attached.dispatch();
        }
        return result;
    }

    /** The provider accepts, with this as its context and its dispatch table. */
    AttachResult accept() {
        return new AttachResult.Attached(this, this);
    }

    void announce() {
        handle.announce(gate);
        recorder.announced();
    }

    /** What the ordinary detach callback answers. */
    NmrStatus close() {
        return gate.close(this::complete);
    }

    void complete() {
        recorder.complete(() -> {
            module.history.record(History.What.COMPLETE, this, null);
            handle.detachComplete();
        });
    }

    void enter() {
        CallRecorder call = recorder.call();
        if (gate.gate().enter() == CallGate.REFUSED) {
            call.refused();
            throw new IllegalStateException("refused: " + gate);
        }
        call.entered();
        calls.add(call);
    }

    /** Ends any one of them: they are all alike. */
    void exit() {
        Optional.ofNullable(calls.poll()).ifPresent(CallRecorder::ended);
        gate.gate().exit(0);
    }

    @Override
    public String toString() {
        return module + "#" + binding().id();
    }
}
