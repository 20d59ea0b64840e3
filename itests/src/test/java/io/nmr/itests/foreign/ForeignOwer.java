package io.nmr.itests.foreign;

import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import java.util.Queue;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** A client whose bundle shares no class with the tests, and which owes its completion until they do it. */
public final class ForeignOwer implements BundleActivator, ClientCharacteristics {

    private Queue<Runnable> owed;

    @Override
    @SuppressWarnings("unchecked")
    public void start(BundleContext context) {
        owed = context.getService(context.getServiceReference(Queue.class));
        context.registerService(ClientCharacteristics.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(
                NpiId.of("11111111-2222-3333-4444-555555555555"), new ModuleId.InterfaceLuid(23), 1, null);
    }

    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        return handle.attach(handle, null).status();
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        owed.add(((ClientBindingHandle) bindingContext)::detachComplete);
        return NmrStatus.PENDING;
    }
}
