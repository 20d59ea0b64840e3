package io.nmr.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.explore.World.Performing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Memory runs out where the engine asks for it: what was asked of it is refused with that error, everybody else is served,
 * and asked again it does it. The engines are the product's sources with one failing allocation put in.
 */
class FaultsTest {

    private static final int ALLOCATIONS = 12;
    private static final int SEEDS = 120;
    private static final List<String> NAMES = List.of("p1", "c1", "p2", "c2", "c3");

    static Stream<Mutant> engines() {
        return Stream.of(
                failing("registrationInsert", "Npi.java", "clients.add(client);"),
                failing("providerInsert", "Npi.java", "providers.add(provider);"),
                failing("bindingCreation", "Npi.java", "Binding binding = new Binding("),
                failing("offerCreation", "Npi.java", "return new Offer(binding);"),
                failing("noticeList", "NetworkModule.java", "List<Side> detaching = sides.snapshot();"),
                failing("wayOut", "NetworkModule.java", "detaching.forEach(side -> side.binding().prepareToLeave());"),
                failing("detachNotice", "Leaving.java", "clientDetach = new DetachNotice(binding.client());"),
                failing("cleanup", "Leaving.java", "providerCleanup = new Cleanup(binding.provider);"),
                failing("deregisterNotice", "ClientModule.java", "return new DeregisterNotice(this);"),
                failing("eventOfAModule", "Effects.java", "lineUp(new EngineEvent.OfModule("),
                failing("eventOfABinding", "Effects.java", "lineUp(event(kind, binding));"),
                failing("offersCallback", "Offer.java", "Callback<NmrStatus> callback = new Callback<>("),
                failing("asking", "ClientSide.java", "Callback<AttachResult> asking = binding().provider.asking("),
                failing("detachCallback", "DetachNotice.java", "Callback<NmrStatus> callback = new Callback<>("),
                failing("frame", "CallbackChain.java", "this.inside = inside;"),
                failing("callbackEffects", "Callback.java", "this.effects = new Effects("),
                failing("reportOfARejectedEffect", "Effects.java", "settings.executor().execute(effect);")
                        .and("settings.report(", "if (effect != null) { throw new OutOfMemoryError(); } settings.report("),
                failing("cleanupCallback", "Cleanup.java", "Callback<Void> callback = new Callback<>("));
    }

    private static Mutant failing(String name, String file, String line) {
        return Mutant.of(name, file, line, "io.nmr.explore.Fault.allocation(); " + line);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void outOfMemory_losesNobody(Mutant mutant) {
        Subject.Factory engines = mutant.engines();
        int happened = 0;
        for (int before = 0; before < ALLOCATIONS; before++) {
            Fault.after(before);
            World world = new World(engines, Performing.INLINE, new Schedule(List.of()).followed());
            world.actor("life", () -> live(world));
            happened += ended(world, mutant + ", after " + before);
        }
        assertThat(happened).as("how often %s ran out of memory", mutant).isPositive();
    }

    /** Modules that come and go at the same time, each by an actor of its own, and every effect by another. */
    @ParameterizedTest
    @MethodSource("engines")
    void outOfMemory_amongOthers_losesNobody(Mutant mutant) {
        Subject.Factory engines = mutant.engines();
        int happened = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Fault.after(seed % ALLOCATIONS);
            World world = new World(engines, Performing.POOLED, Search.atRandom(seed));
            for (String name : NAMES) {
                world.actor("life of " + name, () -> live(world, name));
            }
            happened += ended(world, mutant + ", with seed " + seed);
        }
        assertThat(happened).as("how often %s ran out of memory", mutant).isPositive();
    }

    /** Runs it to its end, where nothing may be broken or left; 1 if it ran out of memory. */
    private static int ended(World world, String what) {
        world.baton.run();
        assertThat(Execution.faults(world)).as("%s: %s", what, world.history()).isEmpty();
        return Fault.hasHappened() ? 1 : 0;
    }

    private static void live(World world, String name) {
        ScriptedModule module = registered(world, name);
        deregister(module);
        module.await();
    }

    private static void live(World world) {
        List<ScriptedModule> modules = new ArrayList<>();
        for (String name : NAMES) {
            modules.add(registered(world, name));
        }
        modules.forEach(FaultsTest::deregister);
        modules.forEach(ScriptedModule::await);
    }

    private static ScriptedModule registered(World world, String name) {
        ScriptedModule module = module(world, name);
        try {
            module.register();
            return module;
        } catch (OutOfMemoryError onPurpose) {
            assertThat(module.prepared().deregistration().toCompletableFuture()).isCompleted();
            return registered(world, name + " again");
        }
    }

    private static ScriptedModule module(World world, String name) {
        return name.startsWith("c") ? world.client(name, Conduct.GOOD) : world.provider(name, Conduct.GOOD);
    }

    private static void deregister(ScriptedModule module) {
        try {
            module.deregister();
        } catch (OutOfMemoryError onPurpose) {
            module.deregister();
        }
    }
}
