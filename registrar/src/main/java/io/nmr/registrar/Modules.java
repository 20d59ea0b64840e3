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
 * Which module belongs to which bundle, and which bundles are stopping.
 *
 * <p><b>Threading.</b> Any thread. One thread enters a module and then reads the mark of its bundle. Another marks the bundle
 * and then reads its modules. Both are volatile accesses, so at least one sees the other: a module is either drained with
 * its bundle or not entered at all (O6).
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

    /** Those of them that have not left: neither complete nor given up by an earlier drain. */
    List<Registration> entered(Collection<Registration> modules) {
        List<Registration> entered = new ArrayList<>(modules.size());
        for (Registration module : modules) {
            if (owners.containsKey(module)) {
                entered.add(module);
            }
        }
        return entered;
    }

    /** From now on this bundle enters no module, until it is unmarked. */
    void markStopping(long bundle) {
        stopping.add(bundle);
    }

    boolean isStopping(long bundle) {
        return closed || stopping.contains(bundle);
    }

    /** The bundle starts again. */
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
