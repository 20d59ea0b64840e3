package io.nmr.itests.foreign;

import io.nmr.api.AttachResult.Attached;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.RegistrationInstance;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The client of {@link ForeignEcho}; the tests have it call through a {@link Callable} that it publishes. */
public final class ForeignCaller
        implements BundleActivator, ClientCharacteristics, UnaryOperator<String>, Callable<String> {

    private Consumer<String> told;
    private volatile Bound bound;

    @Override
    @SuppressWarnings("unchecked")
    public void start(BundleContext context) {
        BundleContext system = context.getBundle(0).getBundleContext(); // Felix keeps a bundle that has used a service
        told = system.getService(system.getServiceReference(Consumer.class));
        told.accept("C START");
        context.registerService(Callable.class, this, null);
        context.registerService(ClientCharacteristics.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        told.accept("C STOP");
    }

    /** Null where the call is not admitted. */
    @Override
    public String call() {
        Bound now = bound;
        int call = now == null ? CallGate.REFUSED : now.closer.gate().enter();
        if (call == CallGate.REFUSED) {
            return null;
        }
        try {
            return now.echo.apply("hello");
        } finally {
            now.closer.gate().exit(call);
        }
    }

    @Override
    public String apply(String text) {
        told.accept("C HEAR");
        told.accept("C HEAR_END");
        return "C:" + text;
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(
                NpiId.of("22222222-2222-3333-4444-555555555555"), new ModuleId.InterfaceLuid(11), 1, null);
    }

    private record Bound(ClientBindingHandle handle, CallGate.Closer closer, UnaryOperator<String> echo) {}

    @Override
    @SuppressWarnings("unchecked")
    public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
        CallGate.Closer closer = CallGate.open();
        Object[] later = new Object[1];
        if (handle.attach(later, this) instanceof Attached attached) {
            bound = new Bound(handle, closer, (UnaryOperator<String>) attached.dispatch());
            later[0] = bound;
            told.accept("C ATTACHED");
            return NmrStatus.SUCCESS;
        }
        return NmrStatus.NOINTERFACE;
    }

    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        told.accept("C DETACH");
        Bound its = (Bound) ((Object[]) bindingContext)[0];
        return its.closer.close(its.handle::detachComplete);
    }

    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        if (bound == ((Object[]) bindingContext)[0]) {
            bound = null;
        }
        told.accept("C CLEANUP");
    }
}
