package io.nmr.registrar;

import io.nmr.api.runtime.BundleRef;
import io.nmr.api.Registration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which module belongs to which bundle, and which bundles are going.
 *
 * <p><b>Threading.</b> Any thread. A module is entered first and the bundle looked at after; a bundle is marked first and
 * its modules looked at after. Both are volatile accesses of the maps, so whichever comes second sees the other: a
 * module is either drained with its bundle or not entered at all (O6).
 */
final class Modules {

    private final ConcurrentMap<Registration, BundleRef> owners = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, Set<Registration>> byBundle = new ConcurrentHashMap<>();
    private final Set<Long> stopping = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** False, and nothing is entered, if the bundle, the framework or the registrar is stopping. */
    boolean enter(Registration module, BundleRef bundle) {
        owners.put(module, bundle);
        byBundle.compute(bundle.id(), (id, set) -> with(set, module));
        if (isStopping(bundle.id())) {
            leave(module);
            return false;
        }
        return true;
    }

    private static Set<Registration> with(Set<Registration> set, Registration module) {
        Set<Registration> modules = set == null ? ConcurrentHashMap.newKeySet() : set;
        modules.add(module);
        return modules;
    }

    void leave(Registration module) {
        BundleRef bundle = owners.remove(module);
        if (bundle != null) {
            byBundle.computeIfPresent(bundle.id(), (id, set) -> set.remove(module) && set.isEmpty() ? null : set);
        }
    }

    /** Those that have neither completed nor been drained and given up before. */
    List<Registration> entered(Collection<Registration> modules) {
        List<Registration> entered = new ArrayList<>(modules.size());
        for (Registration module : modules) {
            if (owners.containsKey(module)) {
                entered.add(module);
            }
        }
        return entered;
    }

    /** From here on, and when it has stopped, this bundle enters nothing. */
    void markStopping(long bundle) {
        stopping.add(bundle);
    }

    boolean isStopping(long bundle) {
        return closed || stopping.contains(bundle);
    }

    /** It starts again. */
    void unmark(long bundle) {
        stopping.remove(bundle);
    }

    /** From now on no module is entered. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    Collection<Registration> of(long bundle) {
        Set<Registration> modules = byBundle.get(bundle);
        return modules == null ? List.of() : new ArrayList<>(modules);
    }

    Collection<Registration> all() {
        return new ArrayList<>(owners.keySet());
    }
}
