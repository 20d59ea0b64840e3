package io.nmr.benchmarks.memory;

import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import java.util.function.Supplier;

/**
 * A client that keeps the least: its gate, where it has one, as the binding's context.
 *
 * @param gates opens one for each binding; or answers null, and it has none
 */
record LeastClient(Supplier<? extends CallGate.Closer> gates) implements ClientCharacteristics {

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(Shape.Common.ID, Shape.Common.MODULE, 0, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        CallGate.Closer gate = gates.get();
        if (gate != null) {
            handle.announce(gate);
        }
        return handle.attach(gate, null).status();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return NmrStatus.SUCCESS;
    }
}
