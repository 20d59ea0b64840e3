package io.nmr.sample.npi;

import io.nmr.api.AttachResult;
import io.nmr.api.AttachResult.Attached;
import io.nmr.api.AttachResult.Refused;
import io.nmr.api.CallGate;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A provider of the lookup in the faithful API: what {@code NpiProvider} does otherwise, done by hand. */
final class FaithfulProvider implements ProviderCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-0000000000b1");

    private final long number;
    private final AddressFamilies families;
    private final AddressLookup lookup;
    private final Set<ClientBinding> clients = ConcurrentHashMap.newKeySet();

    FaithfulProvider(long number, AddressFamilies families, AddressLookup lookup) {
        this.number = number;
        this.families = families;
        this.lookup = lookup;
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return RegistrationInstance.of(LookupNpi.ID, MODULE, number, families);
    }

    /** Knows version 2 of the client's dispatch only, and refuses the other (A6). */
    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object registrationContext,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        if (!(clientDispatch instanceof TableListener2 listener)) {
            return new Refused(NmrStatus.NOINTERFACE);
        }
        ClientBinding binding = new ClientBinding(handle, CallGate.open(), listener);
        handle.announce(binding.closer());
        clients.add(binding);
        return new Attached(binding, lookup);
    }

    /** SUCCESS if no callback is in progress, otherwise PENDING, and the last one completes the detach (D4, D5). */
    @Override
    public NmrStatus detachClient(Object bindingContext) {
        ClientBinding binding = (ClientBinding) bindingContext;
        clients.remove(binding);
        return binding.closer().close(binding.handle()::detachComplete);
    }

    void tableChanged(Set<AddressFamily> changed) {
        clients.forEach(client -> client.tableChanged(changed));
    }

    /** The provider's context of one binding; the gate counts its calls into the client. */
    private record ClientBinding(ProviderBindingHandle handle, CallGate.Closer closer, TableListener2 listener) {

        void tableChanged(Set<AddressFamily> changed) {
            int token = closer.gate().enter();
            if (token == CallGate.REFUSED) {
                return; // detaching: no new call (D3)
            }
            try {
                listener.tableChanged(changed);
            } finally {
                closer.gate().exit(token);
            }
        }
    }
}
