package io.nmr.demo.recorder;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NmrStatus;
import io.nmr.history.BindingRecorder;
import io.nmr.history.CallRecorder;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.TableListener;
import io.nmr.sample.npi.TableListener2;
import java.net.InetAddress;

/**
 * One binding of {@link RecordedClient}, and its context: every callback and every call is recorded.
 *
 * <p>Of the provider's side it sees the answer to its own attach, and nothing more: the rest is marked as untracked.
 */
final class Link {

    private final ClientBindingHandle handle;
    private final BindingRecorder client;
    private final BindingRecorder provider;
    private final CallGate.Closer gate = CallGate.open();
    /** There while a call is admitted. */
    private volatile AddressLookup lookup;

    Link(ClientBindingHandle handle, BindingRecorder client, BindingRecorder provider) {
        this.handle = handle;
        this.client = client;
        this.provider = provider;
    }

    NmrStatus attach() {
        return client.attachProvider(this::offer);
    }

    /** Version 2 of the callbacks, and version 1 to who does not know that (A6). */
    private NmrStatus offer() {
        handle.announce(gate);
        client.announced();
        AttachResult answer = ask((TableListener2) families -> { });
        if (answer.status().equals(NmrStatus.NOINTERFACE)) {
            answer = ask((TableListener) () -> { });
        }
        provider.untracked();
        if (answer instanceof Attached attached) {
            lookup = (AddressLookup) attached.dispatch();
        }
        return answer.status(); // A7
    }

    private AttachResult ask(Object dispatch) {
        return provider.attachClient(() -> handle.attach(this, dispatch));
    }

    NmrStatus detach() {
        return client.detach(() -> gate.close(() -> client.complete(handle::detachComplete)));
    }

    void cleanUp() {
        client.cleanup(() -> lookup = null);
    }

    /** Whether the call was admitted. */
    boolean tryLookup(InetAddress address) {
        CallRecorder call = client.call();
        int token = gate.gate().enter();
        if (token == CallGate.REFUSED) {
            call.refused();
            return false;
        }
        call.entered();
        try {
            lookup.lookup(address);
        } finally {
            call.ended();
            gate.gate().exit(token);
        }
        return true;
    }
}
