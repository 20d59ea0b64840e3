package io.nmr.itests.foreign;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * A provider whose bundle shares no class with the tests: it tells them what happens through a {@link Consumer} that they
 * published, which may hold it there.
 */
public final class ForeignEcho implements BundleActivator, ProviderCharacteristics, UnaryOperator<String> {

    private Consumer<String> told;

    @Override
    @SuppressWarnings("unchecked")
    public void start(BundleContext context) {
        BundleContext system = context.getBundle(0).getBundleContext(); // Felix keeps a bundle that has used a service
        told = system.getService(system.getServiceReference(Consumer.class));
        told.accept("P START");
        context.registerService(ProviderCharacteristics.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        told.accept("P STOP");
    }

    @Override
    public String apply(String text) {
        told.accept("P CALL");
        told.accept("P CALL_END");
        return "P:" + text;
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return RegistrationInstance.of(
                NpiId.of("22222222-2222-3333-4444-555555555555"), new ModuleId.InterfaceLuid(12), 1, null);
    }

    private record Bound(ProviderBindingHandle handle, CallGate.Closer closer) {}

    /** Calls back at once: a call into the client is in progress until the test lets it go. */
    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object context,
            RegistrationInstance client,
            Object clientContext,
            Object clientDispatch) {
        told.accept("P ATTACH");
        Bound bound = new Bound(handle, CallGate.open());
        @SuppressWarnings("unchecked")
        UnaryOperator<String> listener = (UnaryOperator<String>) clientDispatch;
        int call = bound.closer.gate().enter();
        Thread thread = new Thread(() -> {
            listener.apply("hello");
            bound.closer.gate().exit(call);
        }, "foreign callback");
        thread.setDaemon(true);
        thread.start();
        return new AttachResult.Attached(bound, this);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        told.accept("P DETACH");
        Bound bound = (Bound) bindingContext;
        return bound.closer.close(bound.handle::detachComplete);
    }

    @Override
    public void cleanupProviderBindingContext(Object bindingContext) {
        told.accept("P CLEANUP");
    }
}
