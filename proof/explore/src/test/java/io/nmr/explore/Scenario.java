package io.nmr.explore;

import io.nmr.explore.World.Performing;
import java.util.Arrays;
import java.util.List;

/**
 * What is explored: some modules, how each behaves, and when it comes and goes.
 *
 * @param performing how effects are performed
 * @param casts the modules
 */
record Scenario(Performing performing, List<Cast> casts) {

    /** When a module comes and goes. */
    enum Life {
        /** There from the start, and leaves when all others have ended. */
        STAYS,
        /** Comes and leaves, at any moment. */
        LEAVES,
        /** The same, but it drains. */
        DRAINS,
        /** One actor registers it, another deregisters it. */
        RACES
    }

    /**
     * One module.
     *
     * @param name begins with c or p, for its role
     */
    record Cast(String name, Life life, Conduct conduct) {

        private ScriptedModule module(World world) {
            return name.startsWith("c") ? world.client(name, conduct) : world.provider(name, conduct);
        }

        private boolean neverCompletes() {
            return conduct.detach() == Conduct.Detach.NEVER;
        }

        private boolean staysAndNeverCompletes() {
            return life == Life.STAYS && neverCompletes();
        }

        @Override
        public String toString() {
            return name + " " + life + " " + conduct;
        }
    }

    static Scenario of(Performing performing, Cast... casts) {
        return new Scenario(performing, List.of(casts));
    }

    static Cast cast(String name, Life life, Conduct conduct) {
        return new Cast(name, life, conduct);
    }

    /** Sets the scene; those who stay register before anybody has a choice. */
    void play(World world) {
        List<ScriptedModule> modules = casts.stream().map(cast -> cast.module(world)).toList();
        List<ScriptedModule> staying = modules.stream().filter(module -> life(module) == Life.STAYS).toList();
        world.actor("scene", () -> {
            staying.forEach(ScriptedModule::register);
            if (casts.stream().anyMatch(Cast::neverCompletes)) {
                Operator.begin(world, modules, casts.stream().noneMatch(cast -> cast.staysAndNeverCompletes()));
            }
            modules.forEach(module -> begin(module, world));
            world.lastActor("end", () -> {
                staying.forEach(ScriptedModule::deregisterUnlessLeaving);
                staying.forEach(ScriptedModule::await);
            });
        });
    }

    private Life life(ScriptedModule module) {
        return casts.stream().filter(cast -> cast.name.equals(module.name)).findFirst().orElseThrow().life;
    }

    private void begin(ScriptedModule module, World world) {
        switch (life(module)) {
            case STAYS -> { }
            case LEAVES -> script(world, module, module::register, module::deregisterUnlessLeaving, module::await);
            case DRAINS -> script(world, module, module::register, module::drain, module::await);
            case RACES -> {
                module.prepared();
                script(world, module, module::register);
                script(world, module, module::deregister, module::await);
            }
        }
    }

    private static void script(World world, ScriptedModule module, Runnable... steps) {
        world.actor("life of " + module, () -> Arrays.stream(steps).forEach(Runnable::run));
    }

    @Override
    public String toString() {
        return performing + " " + casts;
    }
}
