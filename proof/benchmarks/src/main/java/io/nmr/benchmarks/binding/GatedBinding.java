package io.nmr.benchmarks.binding;

import io.nmr.api.BindingHandle;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;

/** The least that a module keeps of a binding in order to track its calls. */
record GatedBinding(BindingHandle handle, CallGate.Closer gate) {

    NmrStatus detach() {
        return gate.close(handle::detachComplete);
    }
}
