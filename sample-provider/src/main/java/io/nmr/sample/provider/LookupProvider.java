package io.nmr.sample.provider;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.sample.npi.AddressFamilies;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.AddressLookup;
import io.nmr.sample.npi.LookupNpi;
import io.nmr.sample.npi.TableListener;
import io.nmr.sample.npi.TableListener2;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The provider module: accepts clients, and tells them when the table changed. */
final class LookupProvider implements ProviderCharacteristics {

    private static final ModuleId MODULE = ModuleId.of("0c9f3f0e-51f4-4f57-8f3b-9a8f3f6b7e21");
    private static final System.Logger LOG = System.getLogger(LookupProvider.class.getName());

    private final RegistrationInstance instance;
    private final AddressLookup lookup;
    private final Set<ClientBinding> clients = ConcurrentHashMap.newKeySet();

    LookupProvider(int number, AddressFamilies families, AddressLookup lookup) {
        this.instance = RegistrationInstance.of(LookupNpi.ID, MODULE, number, families);
        this.lookup = lookup;
    }

    @Override
    public RegistrationInstance providerRegistrationInstance() {
        return instance;
    }

    @Override
    public AttachResult attachClient(
            ProviderBindingHandle handle,
            Object registrationContext,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch) {
        Optional<Consumer<Set<AddressFamily>>> listener = listener(clientDispatch);
        if (listener.isEmpty()) {
            return new AttachResult.Refused(NmrStatus.NOINTERFACE);
        }
        ClientBinding binding = new ClientBinding(handle, CallGate.open(), listener.get());
        handle.announce(binding.closer());
        clients.add(binding);
        return new AttachResult.Attached(binding, lookup);
    }

    @Override
    public NmrStatus detachClient(Object bindingContext) {
        ClientBinding binding = (ClientBinding) bindingContext;
        clients.remove(binding);
        return binding.closer().close(binding.handle()::detachComplete);
    }

    /** Tells every attached client. */
    void tableChanged(Set<AddressFamily> families) {
        clients.forEach(client -> client.tableChanged(families));
    }

    /** Implementation 1 knows version 1 of the client's dispatch only, and refuses the other (A6). */
    private Optional<Consumer<Set<AddressFamily>>> listener(Object clientDispatch) {
        if (clientDispatch instanceof TableListener2 listener && instance.number() >= 2) {
            return Optional.of(listener::tableChanged);
        }
        if (clientDispatch instanceof TableListener listener) {
            return Optional.of(families -> listener.tableChanged());
        }
        return Optional.empty();
    }

    /** The provider's context of one binding; the gate counts its calls into the client. */
    private record ClientBinding(
            ProviderBindingHandle handle, CallGate.Closer closer, Consumer<Set<AddressFamily>> listener) {

        void tableChanged(Set<AddressFamily> families) {
            int token = closer.gate().enter();
            if (token == CallGate.REFUSED) {
                return; // detaching: no new call (D3)
            }
            try {
                listener.accept(families);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "A client failed in tableChanged: " + handle, e);
            } finally {
                closer.gate().exit(token);
            }
        }
    }
}
