package io.nmr.itests.soak;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.nmr.api.runtime.BindingSnapshot;
import io.nmr.api.runtime.BindingState;
import io.nmr.api.runtime.ModuleSnapshot;
import io.nmr.api.runtime.ModuleState;
import io.nmr.api.runtime.RegistrarRuntime;
import io.nmr.history.Role;
import io.nmr.itests.kit.Await;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be so whenever all drains have ended and nobody calls: every pair attached, once, and nothing else left. */
final class Quiet {

    private final World world;
    private final RegistrarRuntime runtime;

    Quiet(World world, RegistrarRuntime runtime) {
        this.world = world;
        this.runtime = runtime;
    }

    void await() {
        Await.until("all completions have come", world::isNothingLate);
        Await.until("all drains have ended", () -> runtime.drains().isEmpty());
        Await.until("nothing is on its way", this::isNothingOnItsWay, this);
    }

    private boolean isNothingOnItsWay() {
        return runtime.modules().stream().map(ModuleSnapshot::state).allMatch(ModuleState.REGISTERED::equals)
                && runtime.bindings().stream().map(BindingSnapshot::state).allMatch(BindingState.ATTACHED::equals);
    }

    /** Each pair is named by the numbers of its modules, the client's first. */
    private static String pair(long client, long provider) {
        return client + "/" + provider;
    }

    void check() {
        assertEquals("modules registered", numbers(), runtime.modules().stream()
                .map(module -> module.module().number())
                .collect(Collectors.toCollection(TreeSet::new)));
        List<String> attached = runtime.bindings().stream()
                .map(binding -> pair(binding.client().module().number(), binding.provider().module().number()))
                .sorted()
                .toList();
        assertEquals("pairs attached, each once", expected(), attached);
        assertEquals("as the clients have it", expected(), sides(Role.CLIENT));
        assertEquals("as the providers have it", expected(), sides(Role.PROVIDER));
        runtime.bindings().stream().flatMap(binding -> binding.sides().stream()).forEach(side ->
                assertTrue("calls in progress of " + side, side.callsInProgress().orElse(0) == 0));
    }

    private Set<Long> numbers() {
        return world.alive.stream().map(module -> module.number).collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<SoakModule> alive(Role role) {
        return world.alive.stream().filter(module -> module.role() == role);
    }

    List<String> expected() {
        return alive(Role.CLIENT)
                .flatMap(client -> alive(Role.PROVIDER)
                        .filter(client::binds)
                        .map(provider -> pair(client.number, provider.number)))
                .sorted()
                .toList();
    }

    private List<String> sides(Role role) {
        return alive(role)
                .flatMap(module -> module.sides.stream().map(side -> role == Role.CLIENT
                        ? pair(module.number, side.peer)
                        : pair(side.peer, module.number)))
                .sorted()
                .toList();
    }

    @Override
    public String toString() {
        return runtime.modules() + "\n" + runtime.bindings();
    }
}
