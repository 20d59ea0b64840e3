package io.nmr.engine.state;

import io.nmr.api.ModuleCharacteristics;
import io.nmr.api.NpiId;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.Role;
import io.nmr.engine.spi.EngineSettings;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The NPIs in use, and the numbers of registrations and bindings. An NPI is kept while a module of it is: each module
 * counts as one use, from its creation to the end of its deregistration.
 *
 * <p><b>Locks.</b> The map's locks guard the uses. They are taken under the lock of an NPI, and nothing that takes a lock is
 * called under them.
 */
public final class NpiRegistry {

    private final EngineSettings settings;
    private final Performer performer;
    private final ConcurrentMap<NpiId, NpiGroup> groups = new ConcurrentHashMap<>();
    private final AtomicLong registrations = new AtomicLong();
    private final AtomicLong bindings = new AtomicLong();

    public NpiRegistry(EngineSettings settings, Performer performer) {
        this.settings = settings;
        this.performer = performer;
    }

    public EngineSettings settings() {
        return settings;
    }

    Performer performer() {
        return performer;
    }

    /**
     * Makes a module that is not registered yet.
     *
     * @param role its role
     * @param characteristics what it declares
     * @param bundle where it comes from; null in plain Java
     * @throws io.nmr.api.NmrException if the characteristics are not legal (R4)
     */
    public NetworkModule prepare(Role role, ModuleCharacteristics characteristics, BundleRef bundle) {
        Declaration declaration = Declaration.of(role, characteristics, bundle);
        NpiGroup group = acquire(declaration.instance().npiId(), declaration.npiName());
        return new NetworkModule(
                Identity.of(registrations.incrementAndGet(), declaration, bundle), group, declaration);
    }

    private NpiGroup acquire(NpiId id, String name) {
        return groups.compute(id, (key, known) -> {
            NpiGroup group = known == null ? new NpiGroup(key, this) : known;
            group.acquire(name);
            return group;
        });
    }

    /** A module of the NPI has ended. */
    void release(NpiGroup group) {
        groups.computeIfPresent(group.id(), (id, same) -> same.release() ? null : same);
    }

    /** How many NPIs are in use; for tests of what is kept (R7). */
    public int size() {
        return groups.size();
    }

    /** The NPIs in use, and perhaps some that come or go meanwhile. */
    public List<NpiGroup> groups() {
        return List.copyOf(groups.values());
    }

    long nextBinding() {
        return bindings.incrementAndGet();
    }
}
