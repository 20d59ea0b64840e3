package io.nmr.benchmarks.osgi;

import io.nmr.api.ClientCharacteristics;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what it is given. Public, as it is called by reflection. */
public final class DependencyManagerComponent {

    private final Set<ClientCharacteristics> bound = ConcurrentHashMap.newKeySet();

    /** One more. */
    public void bind(ClientCharacteristics client) {
        Consumer.SEEN.incrementAndGet();
        bound.add(client);
    }

    /** One less. */
    public void unbind(ClientCharacteristics client) {
        bound.remove(client);
    }
}
