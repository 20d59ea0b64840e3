package io.nmr.engine;

import io.nmr.api.NpiId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The NPIs in use, and the numbers that are given out. An NPI is kept while a module of it is: each module holds one
 * use, from its creation to the end of its deregistration.
 *
 * <p><b>Locks.</b> The use count of an NPI changes atomically and never from 0: an NPI that is out of use stays so, and
 * whoever comes then gets another. The map takes its bins' locks only where an NPI comes, goes or gets its name, and
 * calls nothing that takes a lock; so all of it may be called under the lock of an NPI.
 */
final class Npis {

    final EngineSettings settings;
    final Waits waits = new Waits();

    private final ConcurrentMap<NpiId, Npi> inUse = new ConcurrentHashMap<>();
    private final AtomicLong registrations = new AtomicLong();
    private final AtomicLong bindings = new AtomicLong();

    Npis(EngineSettings settings) {
        this.settings = settings;
    }

    /** {@code name} is what one of its modules calls it, or null: the first name given stays. */
    Npi acquire(NpiId id, String name) {
        Npi known = inUse.get(id);
        boolean isNamed = known != null && (known.name != null || name == null);
        return isNamed && known.tryUse() ? known : inUse.compute(id, (key, npi) -> {
            Npi used = npi != null && npi.tryUse() ? npi : new Npi(key, this);
            if (used.name == null) {
                used.name = name;
            }
            return used;
        });
    }

    /** Another may have come to be in its place since its last use ended. */
    void release(Npi npi) {
        if (npi.endUse()) {
            inUse.remove(npi.id, npi);
        }
    }

    int size() {
        return inUse.size();
    }

    /** Those that are in use throughout, and perhaps some that are for a part of it. */
    void forEach(Consumer<Npi> reader) {
        inUse.values().forEach(reader);
    }

    long nextRegistration() {
        return registrations.incrementAndGet();
    }

    long nextBinding() {
        return bindings.incrementAndGet();
    }
}
