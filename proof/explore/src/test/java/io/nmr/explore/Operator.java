package io.nmr.explore;

import io.nmr.api.NmrStatus;
import io.nmr.explore.Subject.Leaving;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends what does not end by itself (O3). When nobody can go on he requires that the bindings that are left wait for
 * completions that never come, and for nothing else; that a newcomer is served all the same; and that what is given up stays
 * incomplete, and what is dropped is over.
 */
final class Operator {

    private final World world;
    private final List<ScriptedModule> modules;
    private boolean expectsNewcomer;

    private Operator(World world, List<ScriptedModule> modules, boolean expectsNewcomer) {
        this.world = world;
        this.modules = modules;
        this.expectsNewcomer = expectsNewcomer;
    }

    /** A newcomer is to be expected unless it would attach to somebody who is there still and will never complete. */
    static void begin(World world, List<ScriptedModule> modules, boolean expectsNewcomer) {
        world.actor("operator", () -> new Operator(world, modules, expectsNewcomer).attend());
    }

    private void attend() {
        for (List<Leaving> left = atRest(); !left.isEmpty(); left = atRest()) {
            look(left);
            if (expectsNewcomer) {
                expectsNewcomer = false;
                serve(world.client("c9", Conduct.GOOD));
            } else {
                end(left);
            }
        }
    }

    private void look(List<Leaving> left) {
        left.forEach(this::requireOwed);
        requireComplete(module -> !isOf(left, module));
    }

    private void end(List<Leaving> left) {
        left.forEach(this::giveUp);
        requireComplete(module -> !isOf(left, module));
        left.forEach(binding -> require(world.subject.drop(binding.binding()), "cannot be dropped", binding));
        requireComplete(module -> true);
    }

    private List<Leaving> atRest() {
        world.baton.attend("looks on");
        return world.subject.leaving();
    }

    private static boolean isOf(List<Leaving> left, ScriptedModule module) {
        return left.stream().anyMatch(binding -> binding.isOf(module.name));
    }

    private Stream<ScriptedModule> modulesOf(Leaving binding) {
        return modules.stream().filter(module -> binding.isOf(module.name));
    }

    private void requireOwed(Leaving binding) {
        Set<String> forsaken = modulesOf(binding)
                .filter(module -> module.conduct.detach() == Conduct.Detach.NEVER)
                .map(module -> module.name)
                .collect(Collectors.toSet());
        require(!forsaken.isEmpty() && binding.owing().equals(forsaken), "is expected to wait for " + forsaken, binding);
    }

    /** Of the modules that leave, these are deregistered, and no others. */
    private void requireComplete(Predicate<ScriptedModule> isComplete) {
        modules.stream().filter(ScriptedModule::leaves).forEach(module -> {
            NmrStatus expected = isComplete.test(module) ? NmrStatus.SUCCESS : NmrStatus.TIMEOUT;
            NmrStatus status = world.subject.awaitAtOnce(module.prepared());
            require(status.equals(expected), "is to be " + expected + ", not " + status, module);
        });
    }

    private static void serve(ScriptedModule newcomer) {
        newcomer.register();
        newcomer.deregister();
        newcomer.await();
    }

    private void giveUp(Leaving binding) {
        require(world.subject.abandon(binding.binding()), "cannot be given up", binding);
        modulesOf(binding).forEach(ScriptedModule::giveUp);
    }

    private static void require(boolean satisfied, String what, Object of) {
        if (!satisfied) {
            throw new AssertionError("O3: " + of + " " + what);
        }
    }
}
