package io.nmr.engine;

import io.nmr.api.NpiId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The modules of one NPI, and the lock that guards them, their bindings and the sides of these.
 *
 * <p><b>Locks.</b> {@code commit} and {@code decide} alone take the lock. No foreign code runs under it, and no second
 * NPI's lock is taken; a {@link Waiter}'s own lock and {@link Npis} are the only ones taken inside. {@code look} reads
 * without it.
 *
 * <p><b>Memory consistency effects.</b> Each commit happens-before the next of the same NPI: so each callback of a side
 * happens-before the next (A12).
 */
final class Npi {

    final NpiId id;
    final Npis registry;

    /** What a module of it calls it, or null; written in the map of {@link Npis}. */
    volatile String name;

    static final int LOOKS = 200;
    private static final VarHandle COMMITS;
    private static final VarHandle USES;

    static {
        try {
            COMMITS = MethodHandles.lookup().findVarHandle(Npi.class, "commits", int.class);
            USES = MethodHandles.lookup().findVarHandle(Npi.class, "uses", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ReentrantLock lock = new BriefLock();
    private final NodeList<ClientModule> clients = new NodeList<>();
    private final NodeList<ProviderModule> providers = new NodeList<>();
    private long lastPosition;

    /** Twice the number of commits, and one more while one is under way: tells a look that it met one. */
    private int commits;

    /** By modules, whether registered or not: one from the beginning, and 0 for ever once the last has ended. */
    private volatile int uses = 1;

    Npi(NpiId id, Npis registry) {
        this.id = id;
        this.registry = registry;
    }

    /** False, and nothing changes, if it is out of use. */
    boolean tryUse() {
        int seen = uses;
        while (seen != 0 && !USES.compareAndSet(this, seen, seen + 1)) {
            seen = uses;
        }
        return seen != 0;
    }

    /** Whether that was the last. */
    boolean endUse() {
        return (int) USES.getAndAdd(this, -1) == 1;
    }

    /**
     * Decides and commits under the lock; performs, with the lock released, what that led to, even if it failed half way
     * for want of memory.
     */
    <T> T commit(Function<Effects, T> decision) {
        Effects effects = new Effects(registry.settings);
        try {
            return commit(decision, effects);
        } finally {
            effects.perform();
        }
    }

    /** Decides and commits under the lock; the caller performs what that led to, with no lock held. */
    <T> T commit(Function<Effects, T> decision, Effects effects) {
        return commit(decision, Function::apply, effects);
    }

    /** As the other, and takes no memory itself, where {@code decision} captures nothing. */
    <P, T> T commit(P of, BiFunction<P, Effects, T> decision, Effects effects) {
        begin();
        try {
            return decision.apply(of, effects);
        } finally {
            end();
            effects.tell();
        }
    }

    /** Decides and commits under the lock what leads to nothing else; takes no memory itself. */
    <P, T> T decide(P of, Function<P, T> decision) {
        begin();
        try {
            return decision.apply(of);
        } finally {
            end();
        }
    }

    private void begin() {
        assert !lock.isHeldByCurrentThread() : "a commit within a commit";
        lock.lock();
        COMMITS.setOpaque(this, commits + 1);
        VarHandle.storeStoreFence();
    }

    private void end() {
        COMMITS.setRelease(this, commits + 1);
        lock.unlock();
    }

    /**
     * Reads without the lock what that guards: what {@code reading} answered when no commit was under way beside it. If
     * there was one each time, after a bounded number of looks, then what it answered last, which may be half of each.
     * It may meet any mixture of what commits write, calls nothing foreign, and has no effects.
     */
    <T> T look(Supplier<T> reading) {
        for (int looks = 0; looks < LOOKS; looks++) {
            int before = (int) COMMITS.getAcquire(this);
            T seen = reading.get();
            VarHandle.acquireFence();
            if (before % 2 == 0 && before == (int) COMMITS.getOpaque(this)) {
                return seen;
            }
            if (looks < LOOKS / 2) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // whoever commits may have lost its processor
            }
        }
        return reading.get();
    }

    void forEachClientSeen(Consumer<? super ClientModule> reader) {
        clients.forEachSeen(reader);
    }

    void forEachModuleSeen(Consumer<? super NetworkModule> reader) {
        clients.forEachSeen(reader);
        providers.forEachSeen(reader);
    }

    boolean isLocked() {
        return lock.isHeldByCurrentThread();
    }

    /** Adds a client and matches it with every provider, in one critical section (R1, R6). */
    List<Offer> add(ClientModule client, Effects effects) {
        assert isLocked();
        clients.add(client);
        List<Offer> offers = new ArrayList<>(providers.size());
        for (ProviderModule provider : providers.snapshot()) {
            if (provider.state() == ModuleState.REGISTERED) {
                offers.add(match(client, provider, effects));
            }
        }
        return offers;
    }

    /** Adds a provider and matches it with every client, in one critical section (R2, R6). */
    List<Offer> add(ProviderModule provider, Effects effects) {
        assert isLocked();
        providers.add(provider);
        List<Offer> offers = new ArrayList<>(clients.size());
        for (ClientModule client : clients.snapshot()) {
            if (client.state() == ModuleState.REGISTERED) {
                offers.add(match(client, provider, effects));
            }
        }
        return offers;
    }

    /** Nothing is left of the module. */
    void remove(ClientModule client) {
        assert isLocked();
        clients.remove(client);
    }

    /** Nothing is left of the module. */
    void remove(ProviderModule provider) {
        assert isLocked();
        providers.remove(provider);
    }

    /** The place of the next module in the order in which they register. */
    long nextPosition() {
        assert isLocked();
        return ++lastPosition;
    }

    private Offer match(ClientModule client, ProviderModule provider, Effects effects) {
        Binding binding = new Binding(registry.nextBinding(), client, provider);
        effects.tell(EngineEvent.OfBinding.Kind.OFFERED, binding);
        return new Offer(binding);
    }

    @Override
    public String toString() {
        return name == null ? "NPI " + id : "NPI " + name + " (" + id + ")";
    }
}
