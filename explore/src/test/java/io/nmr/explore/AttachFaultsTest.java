package io.nmr.explore;

import static io.nmr.explore.Family.one;
import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.explore.Conduct.Attach;
import io.nmr.explore.Scenario.Life;
import io.nmr.explore.World.Performing;
import io.nmr.history.Event;
import io.nmr.history.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client attaches and then fails, and there is no memory for the detach that this leads to (A11): it is as if it had not
 * failed, and that is reported. The engine is the product's source with that one allocation failing.
 */
class AttachFaultsTest {

    private static final Conduct FAILING = Conduct.GOOD.with(Attach.ATTACH_AND_THROW);

    private int happened;

    /** The first failure of a client after the provider's acceptance finds no memory. */
    private Subject.Factory engines() {
        Subject.Factory engines = Mutant.of("offersFailure", "Binding.java",
                        "        try {\n            prepareToLeave();",
                        "        try {\n            io.nmr.explore.Fault.allocation();\n            prepareToLeave();")
                .engines();
        return executor -> {
            happened += Fault.hasHappened() ? 1 : 0;
            Fault.after(0);
            return engines.engine(executor);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1", "p1"})
    void A11_aFailureThatThereIsNoMemoryToDetach_leavesItAttached_untilOneLeaves(String leaves) {
        World world = new World(engines(), Performing.INLINE, new Schedule(List.of()).followed());
        world.actor("life", () -> live(world, leaves));
        world.baton.run();
        assertThat(Execution.faults(world)).isEmpty();
        assertThat(detached(world)).containsExactlyInAnyOrder(
                "c1/p2", "c1/p2", "c2/p1", "c2/p1", "c2/p2", "c2/p2", "c1/p1", "c1/p1");
    }

    private static void live(World world, String leaves) {
        ScriptedModule p1 = world.provider("p1", Conduct.GOOD);
        ScriptedModule c1 = world.client("c1", FAILING);
        p1.register();
        c1.register();
        requireAttachedAndReported(world);
        requireOthersServed(world);
        ScriptedModule first = leaves.equals("c1") ? c1 : p1;
        end(first);
        assertThat(detached(world)).contains("c1/p1");
        end(first == c1 ? p1 : c1);
    }

    private static void requireAttachedAndReported(World world) {
        assertThat(Fault.hasHappened()).isTrue();
        assertThat(detached(world)).isEmpty();
        assertThat(world.subject.leaving()).isEmpty();
        assertThat(world.subject.incidents()).singleElement().asString().startsWith("A11: ")
                .contains("c1", "p1", "attachProvider threw", "no memory to detach", "stays until one of the two leaves");
    }

    /** The next failure has memory again: the normal detach, on both sides. */
    private static void requireOthersServed(World world) {
        ScriptedModule p2 = world.provider("p2", Conduct.GOOD);
        p2.register();
        assertThat(detached(world)).containsExactly("c1/p2", "c1/p2");
        ScriptedModule c2 = world.client("c2", Conduct.GOOD);
        c2.register();
        end(c2);
        end(p2);
    }

    private static void end(ScriptedModule module) {
        module.deregister();
        module.await();
    }

    /** The bindings, each as often as a detach callback of it was called. */
    private static List<String> detached(World world) {
        return world.history().events().stream()
                .filter(event -> event.kind() == Kind.DETACH_BEGIN)
                .map(Event::binding)
                .toList();
    }

    /** Deregistrations before it, beside it and after it. */
    @Test
    void A11_aFailureThatThereIsNoMemoryToDetach_underEverySchedule_keepsTheRules() {
        Subject.Factory engines = engines();
        List<Search> searches = scenarios().map(scenario -> Search.exhaustive(scenario, engines, 200)).toList();
        assertThat(searches).allSatisfy(search -> assertThat(search.finding())
                .as("%s", search.finding().map(Finding::toString).orElse("nothing"))
                .isEmpty());
        assertThat(happened).as("how often it ran out of memory").isGreaterThan(searches.size());
    }

    private static Stream<Scenario> scenarios() {
        return Arrays.stream(Performing.values()).flatMap(performing ->
                Arrays.stream(Life.values()).flatMap(client ->
                        Arrays.stream(Life.values()).map(provider ->
                                one(performing, client, FAILING, provider, Conduct.GOOD.calling(1)))));
    }
}
