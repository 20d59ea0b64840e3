package io.nmr.tck;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;

/** One side's view of one binding: what a module of the kit gives as its binding context and as its dispatch table. */
final class Link {

    final TestModule module;
    final BindingHandle handle;
    final Object registrationContext;
    final RegistrationInstance peer;
    final CallGate.Closer gate = CallGate.open();

    volatile Object peerContext;
    volatile Object peerDispatch;

    private final int number;
    private volatile boolean bound;

    /** The module gave a context of another kind: its detach and cleanup cannot be told from others. */
    private volatile boolean untracked;

    Link(TestModule module, int number, BindingHandle handle, Object registrationContext, RegistrationInstance peer) {
        this.module = module;
        this.number = number;
        this.handle = handle;
        this.registrationContext = registrationContext;
        this.peer = peer;
    }

    /** Whether the provider accepted. */
    boolean isBound() {
        return bound;
    }

    boolean isTracked() {
        return !untracked;
    }

    /** Attaches, with this as the client's context and dispatch table. */
    AttachResult attach() {
        return attach(this, this);
    }

    AttachResult attach(Object context, Object dispatch) {
        AttachResult result = ((ClientBindingHandle) handle).attach(context, dispatch);
        if (result instanceof Attached attached) {
            bound = true;
            untracked = context != this;
            peerContext = attached.bindingContext();
            peerDispatch = attached.dispatch();
        }
        return result;
    }

    /** Accepts, with this as the provider's context and dispatch table. */
    AttachResult accept() {
        return new Attached(this, this);
    }

    void answered(AttachResult answer) {
        if (answer instanceof Attached attached && attached.dispatch() != null) {
            bound = true;
            untracked = attached.bindingContext() != this;
        }
    }

    void announce() {
        handle.announce(gate);
    }

    /** What an ordinary detach callback answers. */
    NmrStatus close() {
        return gate.close(this::complete);
    }

    void complete() {
        module.history.record(History.What.COMPLETE, module, this, null);
        handle.detachComplete();
    }

    /** Begins a call into the other side. */
    int enter() {
        int token = gate.gate().enter();
        if (token == CallGate.REFUSED) {
            throw new AssertionError("refused by the gate of " + this);
        }
        return token;
    }

    void exit(int token) {
        gate.gate().exit(token);
    }

    @Override
    public String toString() {
        return module + "#" + number;
    }
}
