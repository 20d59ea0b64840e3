package io.nmr.itests.foreign;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A client whose bundle shares no class with the tests: it attaches without a context and never calls. */
public final class ForeignClient implements BundleActivator, ClientCharacteristics {

    @Override
    public void start(BundleContext context) {
        context.registerService(ClientCharacteristics.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(
                NpiId.of("11111111-2222-3333-4444-555555555555"), new ModuleId.InterfaceLuid(7), 1, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        return handle.attach(null, null).status();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        return NmrStatus.SUCCESS;
    }
}
