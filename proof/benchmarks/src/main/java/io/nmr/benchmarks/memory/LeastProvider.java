package io.nmr.benchmarks.memory;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import java.util.function.Supplier;

/**
 * A provider that keeps the least, as {@link LeastClient}.
 *
 * @param gates opens one for each binding; or answers null, and it has none
 */
record LeastProvider(Supplier<? extends CallGate.Closer> gates) implements ProviderCharacteristics {

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return RegistrationInstance.of(Shape.Common.ID, Shape.Common.MODULE, 0, null);
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        CallGate.Closer gate = gates.get();
        if (gate != null) {
            handle.announce(gate);
        }
        return new AttachResult.Attached(gate, Shape.Common.LOOKUP);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        return NmrStatus.SUCCESS;
    }
}
