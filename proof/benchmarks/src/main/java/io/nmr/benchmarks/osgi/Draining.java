package io.nmr.benchmarks.osgi;

import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.benchmarks.binding.RawClient;
import io.nmr.benchmarks.binding.RawProvider;
import java.util.UUID;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** A provider in a bundle of its own, and a client in another that may have a call in progress. */
final class Draining {

    private final NpiId npi;
    private final Bundle bundle;
    private final CallOfClient client;
    private int call = CallGate.REFUSED;

    Draining(Container container, int number) throws BundleException {
        this.npi = new NpiId(new UUID(1, number));
        this.bundle = container.start("provider" + number);
        this.client = new CallOfClient(new RawClient(npi));
        container.start("client" + number).getBundleContext()
                .registerService(ClientCharacteristics.class, client, null);
    }

    Bundle bundle() {
        return bundle;
    }

    /** The provider is there, and attached. */
    void publish() throws BundleException {
        bundle.start();
        bundle.getBundleContext().registerService(ProviderCharacteristics.class, new RawProvider(npi), null);
        if (client.gate == null || client.gate.isClosed()) {
            throw new IllegalStateException("the registrar has not attached the two");
        }
    }

    void beginCall() {
        call = client.gate.enter();
    }

    boolean detaches() {
        return client.gate.isClosed();
    }

    void endCall() {
        client.gate.exit(call);
    }

    /** Keeps the gate of its newest binding. */
    private static final class CallOfClient implements ClientCharacteristics {

        private final RawClient client;
        private volatile CallGate gate;

        CallOfClient(RawClient client) {
            this.client = client;
        }

        @Override
        public RegistrationInstance clientRegistrationInstance() {
            return client.clientRegistrationInstance();
        }

        @Override
        public NmrStatus attachProvider(ClientBindingHandle handle, Object context, RegistrationInstance provider) {
            CallGate.Closer opened = CallGate.open();
            gate = opened.gate();
            return RawClient.attach(handle, opened);
        }

        @Override
        public NmrStatus detachProvider(Object bindingContext) {
            return client.detachProvider(bindingContext);
        }
    }
}
