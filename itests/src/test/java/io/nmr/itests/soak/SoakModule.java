package io.nmr.itests.soak;

import io.nmr.api.NpiId;
import io.nmr.history.ModuleRecorder;
import io.nmr.history.RegisteredModule;
import io.nmr.history.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One registration of one module, whatever it is made of: its number, its conduct, its sides of bindings. */
final class SoakModule {

    final World world;
    final long number;
    final NpiId npi;
    final Conduct conduct;
    final boolean hurried;
    final ModuleRecorder recorder;
    final Set<Side> sides = ConcurrentHashMap.newKeySet();

    private final List<Runnable> stuck = new ArrayList<>();
    private volatile Consumer<Random> calls = random -> { };
    private volatile BooleanSupplier going = () -> false;
    private boolean settled;

    /** The stop of one that is hurried waits for next to nothing. */
    SoakModule(World world, Role role, NpiId npi, Conduct conduct, boolean hurried) {
        this.world = world;
        this.number = world.nextModule();
        this.npi = npi;
        this.conduct = conduct;
        this.hurried = hurried;
        String name = name(number);
        this.recorder = role == Role.CLIENT
                ? world.ledger.recorder.client(npi.toString(), name)
                : world.ledger.recorder.provider(npi.toString(), name);
    }

    static String name(long number) {
        return "#" + number;
    }

    RegisteredModule registered() {
        return recorder.module();
    }

    Role role() {
        return registered().role();
    }

    /** What a caller has it do: call somebody. */
    void calls(Consumer<Random> some) {
        calls = some;
    }

    void call(Random random) {
        calls.accept(random);
    }

    /** About to be deregistered, by whatever means. */
    void leaves() {
        world.alive.remove(this);
        recorder.deregisters();
    }

    /** How to see whether what deregisters it has begun: it may first have to wait for others that go. */
    void goesWhen(BooleanSupplier condition) {
        going = condition;
    }

    boolean isGoing() {
        return going.getAsBoolean();
    }

    boolean binds(SoakModule other) {
        return npi.equals(other.npi) && conduct.binds(other.number) && other.conduct.binds(number);
    }

    /** A completion that nobody gets before whoever waits for it has given up. */
    void isStuckWith(String binding, Runnable completion) {
        synchronized (stuck) {
            if (!settled) {
                stuck.add(completion);
                world.stuck.add(binding);
                return;
            }
        }
        world.late(completion);
    }

    /** Whoever waited for its deregistration waits no longer. */
    void settles() {
        if (hurried) {
            recorder.timedOut();
        } else {
            recorder.deregistered();
        }
    }

    void comesUnstuck() {
        List<Runnable> completions;
        synchronized (stuck) {
            settled = true;
            completions = List.copyOf(stuck);
        }
        completions.forEach(world::late);
    }

    @Override
    public String toString() {
        return registered() + " (" + conduct + ")";
    }
}
