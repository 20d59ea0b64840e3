package io.nmr.benchmarks.binding;

import io.nmr.api.AttachResult;
import io.nmr.api.CallGate;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.ClientCharacteristics;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.ProviderCharacteristics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The least that binds modules of one NPI: lists and a lock, the seven callbacks, and nothing else. It knows no states, so
 * it neither refuses what comes too early, too late or twice, nor waits for calls in progress, nor contains what a module
 * throws, nor tells anybody of anything. What does all that takes more.
 */
final class Sketch {

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Client> clients = new LinkedHashSet<>();
    private volatile List<Provider> providers = List.of();

    /** A registered client. */
    static final class Client {

        private final ClientCharacteristics callbacks;
        private final Set<Link> links = new LinkedHashSet<>();

        Client(ClientCharacteristics callbacks) {
            this.callbacks = callbacks;
        }
    }

    private static final class Provider {

        private final ProviderCharacteristics callbacks;
        private final Set<Link> links = new LinkedHashSet<>();

        Provider(ProviderCharacteristics callbacks) {
            this.callbacks = callbacks;
        }
    }

    void registerProvider(ProviderCharacteristics callbacks) {
        providers = List.of(new Provider(callbacks));
    }

    Client registerClient(ClientCharacteristics callbacks) {
        Client client = new Client(callbacks);
        locked(() -> clients.add(client));
        for (Provider provider : providers) {
            Link link = new Link(client, provider);
            NmrStatus answer = callbacks.attachProvider(
                    link, null, provider.callbacks.providerRegistrationInstance());
            if (answer.isSuccess()) {
                locked(() -> {
                    client.links.add(link);
                    provider.links.add(link);
                });
            }
        }
        return client;
    }

    NmrStatus deregister(Client client) {
        locked(() -> clients.remove(client));
        client.callbacks.clientDeregistering();
        for (Link link : client.links) {
            link.end();
            locked(() -> link.provider.links.remove(link));
        }
        return NmrStatus.SUCCESS;
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** A binding, and the client's handle of it. */
    private static final class Link implements ClientBindingHandle {

        private final Client client;
        private final Provider provider;
        private Object clientContext;
        private Object providerContext;

        Link(Client client, Provider provider) {
            this.client = client;
            this.provider = provider;
        }

        @Override
        public AttachResult attach(Object bindingContext, Object dispatch) {
            AttachResult answer = provider.callbacks.attachClient(
                    new ProviderHandle(), null, client.callbacks.clientRegistrationInstance(), bindingContext, dispatch);
            if (answer instanceof AttachResult.Attached attached) {
                clientContext = bindingContext;
                providerContext = attached.bindingContext();
            }
            return answer;
        }

        void end() {
            if (client.callbacks.detachProvider(clientContext).isSuccess()
                    && provider.callbacks.detachClient(providerContext).isSuccess()) {
                client.callbacks.cleanupClientBindingContext(clientContext);
                provider.callbacks.cleanupProviderBindingContext(providerContext);
            }
        }

        @Override
        public void announce(CallGate.Closer gate) {}

        @Override
        public void detachComplete() {}
    }

    private static final class ProviderHandle implements ProviderBindingHandle {

        @Override
        public void announce(CallGate.Closer gate) {}

        @Override
        public void detachComplete() {}
    }
}
