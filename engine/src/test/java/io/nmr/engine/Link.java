package io.nmr.engine;

import io.nmr.api.AttachResult;
import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;

/** One side's view of one binding: what a recording module gives as its binding context, and what scripts act on. */
final class Link {

    final RecordingModule module;
    final BindingHandle handle;
    final Object registrationContext;
    final RegistrationInstance peer;
    final CallGate.Closer gate = CallGate.open();
    final long offeredAt;

    volatile Object peerContext;
    volatile Object peerDispatch;

    /** The module gave another context than this: its detach and cleanup cannot be told from others. */
    volatile boolean untracked;

    Link(RecordingModule module, BindingHandle handle, Object registrationContext, RegistrationInstance peer) {
        this.module = module;
        this.handle = handle;
        this.registrationContext = registrationContext;
        this.peer = peer;
        this.offeredAt = module.history.offerStarted();
    }

    Side side() {
        return (Side) handle;
    }

    Binding binding() {
        return side().binding;
    }

    /** The client attaches, with this as its context and its dispatch table. */
    AttachResult attach() {
        return attach(this, this);
    }

    AttachResult attach(Object context, Object dispatch) {
        untracked = context != this;
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
    }

    /** What the ordinary detach callback answers. */
    NmrStatus close() {
        return gate.close(this::complete);
    }

    void complete() {
        module.history.record(History.What.COMPLETE, this, null);
        handle.detachComplete();
    }

    void enter() {
        if (gate.gate().enter() == CallGate.REFUSED) {
            throw new IllegalStateException("refused: " + gate);
        }
    }

    void exit() {
        gate.gate().exit(0);
    }

    @Override
    public String toString() {
        return module + "#" + binding().id;
    }
}
