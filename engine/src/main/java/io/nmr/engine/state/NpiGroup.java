package io.nmr.engine.state;

import io.nmr.api.NpiId;
import io.nmr.api.runtime.RegistrarEvent.OfBinding;
import io.nmr.api.runtime.Role;
import io.nmr.engine.spi.Spin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The modules of one NPI, and the lock that guards them, their bindings and the sides of these.
 *
 * <p><b>Locks.</b> A thread holds the lock of one NPI at a time. No foreign code runs under it. Only the lock of a
 * {@link Waiter} and those of {@link NpiRegistry} are taken inside.
 *
 * <p><b>Memory consistency effects.</b> Each commit happens-before the next of the same NPI; so each callback of a side
 * happens-before the next (A12).
 */
public final class NpiGroup {

    private final NpiId id;
    private final String guid;
    private final NpiRegistry registry;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition answered = lock.newCondition();
    private final Set<NetworkModule> clients = new LinkedHashSet<>();
    private final Set<NetworkModule> providers = new LinkedHashSet<>();

    /** Guarded by the registry's map. */
    private int uses;

    /** The first name that a module gave the NPI, or null; written under the registry's map. */
    private volatile String name;

    NpiGroup(NpiId id, NpiRegistry registry) {
        this.id = id;
        this.guid = id.guid().toString();
        this.registry = registry;
    }

    NpiId id() {
        return id;
    }

    String guid() {
        return guid;
    }

    /** The name that a module gave it, or its GUID. */
    String nameOrGuid() {
        String given = name;
        return given == null ? guid : given;
    }

    public NpiRegistry registry() {
        return registry;
    }

    void acquire(String givenName) {
        uses++;
        if (name == null) {
            name = givenName;
        }
    }

    /** Whether that was the last use. */
    boolean release() {
        return --uses == 0;
    }

    /** Decides and commits under the lock; performs the effects with the lock released. */
    <T> T commit(Function<Commit, T> decision) {
        Commit commit = new Commit(registry);
        try {
            return commit(decision, commit);
        } finally {
            commit.perform();
        }
    }

    /** Decides and commits under the lock; the caller performs the effects. */
    <T> T commit(Function<Commit, T> decision, Commit commit) {
        begin();
        try {
            return decision.apply(commit);
        } finally {
            lock.unlock();
            commit.end();
        }
    }

    /** Decides and commits, or looks, under the lock; leads to no effects. */
    <T> T locked(Supplier<T> decision) {
        begin();
        try {
            return decision.get();
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        assert !lock.isHeldByCurrentThread() : "a commit within a commit";
        Spin.lock(lock);
    }

    boolean isLocked() {
        return lock.isHeldByCurrentThread();
    }

    /**
     * Waits until an offer has been answered or withdrawn (R9). The answer comes when the client's attach callback
     * returns. An interrupt is kept for the caller.
     */
    void awaitAnswer(BooleanSupplier isAnswered) {
        begin();
        try {
            while (!isAnswered.getAsBoolean()) {
                answered.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** An offer has been answered or withdrawn. */
    void signalAnswer() {
        answered.signalAll();
    }

    /** Adds a module and matches it with every module of the other role, in one critical section (R1, R2, R6). */
    List<Binding> add(NetworkModule module, Commit commit) {
        assert isLocked();
        Set<NetworkModule> others = modules(module.role().opposite());
        List<Binding> offers = new ArrayList<>(others.size());
        modules(module.role()).add(module);
        for (NetworkModule other : others) {
            if (other.isRegistered()) {
                offers.add(match(module, other, commit));
            }
        }
        return offers;
    }

    private Binding match(NetworkModule module, NetworkModule other, Commit commit) {
        boolean isClient = module.role() == Role.CLIENT;
        Binding binding = new Binding(registry.nextBinding(), isClient ? module : other, isClient ? other : module);
        commit.publish(OfBinding.Kind.OFFERED, binding);
        return binding;
    }

    void remove(NetworkModule module) {
        assert isLocked();
        modules(module.role()).remove(module);
    }

    private Set<NetworkModule> modules(Role role) {
        return switch (role) {
            case CLIENT -> clients;
            case PROVIDER -> providers;
        };
    }

    /** The modules that there are. */
    public Collection<NetworkModule> modules() {
        return locked(() -> {
            List<NetworkModule> modules = new ArrayList<>(clients);
            modules.addAll(providers);
            return modules;
        });
    }

    @Override
    public String toString() {
        return name == null ? "NPI " + id : "NPI " + name + " (" + id + ")";
    }
}
