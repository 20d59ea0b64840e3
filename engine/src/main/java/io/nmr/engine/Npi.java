package io.nmr.engine;

import io.nmr.api.NpiId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The modules of one NPI, and the lock that guards them, their bindings and the sides of these.
 *
 * <p><b>Locks.</b> {@code commit} is the only place that takes the lock. No foreign code runs under it, and no second
 * NPI's lock is taken; a {@link Waiter}'s own lock and {@link Npis} are the only ones taken inside.
 *
 * <p><b>Memory consistency effects.</b> Each commit happens-before the next of the same NPI: so each callback of a side
 * happens-before the next (A12).
 */
final class Npi {

    final NpiId id;
    final Npis registry;

    /** Guarded by the map of {@link Npis}. */
    int uses;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<ClientModule> clients = new LinkedHashSet<>();
    private final Set<ProviderModule> providers = new LinkedHashSet<>();

    Npi(NpiId id, Npis registry) {
        this.id = id;
        this.registry = registry;
    }

    /** Decides and commits under the lock; performs, with the lock released, what that led to. */
    <T> T commit(Function<Effects, T> decision) {
        Effects effects = new Effects(registry.settings);
        T result = commit(decision, effects);
        effects.perform();
        return result;
    }

    /** Decides and commits under the lock; the caller performs what that led to, with no lock held. */
    <T> T commit(Function<Effects, T> decision, Effects effects) {
        assert !lock.isHeldByCurrentThread() : "a commit within a commit";
        lock.lock();
        try {
            return decision.apply(effects);
        } finally {
            lock.unlock();
        }
    }

    boolean isLocked() {
        return lock.isHeldByCurrentThread();
    }

    /** Adds a client and matches it with every provider, in one critical section (R1, R6). */
    List<Offer> add(ClientModule client) {
        assert isLocked();
        clients.add(client);
        List<Offer> offers = new ArrayList<>(providers.size());
        providers.forEach(provider -> offers.add(match(client, provider)));
        return offers;
    }

    /** Adds a provider and matches it with every client, in one critical section (R2, R6). */
    List<Offer> add(ProviderModule provider) {
        assert isLocked();
        providers.add(provider);
        List<Offer> offers = new ArrayList<>(clients.size());
        clients.forEach(client -> offers.add(match(client, provider)));
        return offers;
    }

    /** From here on nothing is offered to {@code module}, nor it to anybody (D1). */
    void remove(NetworkModule module) {
        assert isLocked();
        switch (module.name.role()) {
            case CLIENT -> clients.remove(module);
            case PROVIDER -> providers.remove(module);
        }
    }

    private Offer match(ClientModule client, ProviderModule provider) {
        Binding binding = new Binding(registry.nextBinding(), client, provider);
        return new Offer(binding);
    }

    @Override
    public String toString() {
        return "NPI " + id;
    }
}
