package io.nmr.sample.npi;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A client of the lookup in the faithful API: what {@code NpiClient} does otherwise, done by hand. It calls the provider
 * that attached first; it does not wait for one, and makes no asynchronous calls.
 */
final class FaithfulClient implements ClientCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-0000000000c1");

    private final TableListener2 listener;
    private final List<ProviderBinding> providers = new CopyOnWriteArrayList<>();

    FaithfulClient(TableListener2 listener) {
        this.listener = listener;
    }

    @Override
    public RegistrationInstance clientRegistrationInstance() {
        return RegistrationInstance.of(LookupNpi.ID, MODULE, 1, null);
    }

    /** Offers its dispatch in version 2, and in version 1 to who does not know that (A6). */
    @Override
    public NmrStatus attachProvider(ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider) {
        if (!(provider.npiSpecificCharacteristics() instanceof AddressFamilies families)) {
            return NmrStatus.NOINTERFACE; // A2
        }
        ProviderBinding binding = new ProviderBinding(handle, families);
        handle.announce(binding.closer);
        AttachResult answer = handle.attach(binding, listener);
        if (answer.status().equals(NmrStatus.NOINTERFACE)) {
            answer = handle.attach(binding, (TableListener) () -> listener.tableChanged(families.families()));
        }
        if (answer instanceof Attached attached) {
            binding.lookup = (AddressLookup) attached.dispatch();
            providers.add(binding);
        }
        return answer.status(); // A7
    }

    /** SUCCESS if no lookup is in progress, otherwise PENDING, and the last one completes the detach (D4, D5). */
    @Override
    public NmrStatus detachProvider(Object bindingContext) {
        ProviderBinding binding = (ProviderBinding) bindingContext;
        providers.remove(binding);
        return binding.closer.close(binding.handle::detachComplete);
    }

    /** Nothing of the provider stays reachable (C1, R7). */
    @Override
    public void cleanupClientBindingContext(Object bindingContext) {
        ((ProviderBinding) bindingContext).lookup = null;
    }

    /** @throws IllegalStateException if no provider takes the call */
    Optional<AddressBlock> lookup(InetAddress address) {
        for (ProviderBinding binding : providers) {
            int token = binding.families.serve(address) ? binding.closer.gate().enter() : CallGate.REFUSED;
            if (token != CallGate.REFUSED) {
                try {
                    return binding.lookup.lookup(address);
                } finally {
                    binding.closer.gate().exit(token);
                }
            }
        }
        throw new IllegalStateException("no attached provider serves " + AddressFamily.of(address));
    }

    /** The client's context of one binding; the gate counts its calls into the provider. */
    private static final class ProviderBinding {

        private final ClientBindingHandle handle;
        private final AddressFamilies families;
        private final CallGate.Closer closer = CallGate.open();
        /** There while a call is admitted. */
        private volatile AddressLookup lookup;

        ProviderBinding(ClientBindingHandle handle, AddressFamilies families) {
            this.handle = handle;
            this.families = families;
        }
    }
}
