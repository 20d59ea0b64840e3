package io.nmr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nmr.engine.state.Inspect;
import io.nmr.history.History;
import io.nmr.history.HistoryCheck;
import java.util.Set;

/** What holds after every test, whatever it did: checked over the history once everything is deregistered. */
final class Invariants {

    private final Rig rig;

    Invariants(Rig rig) {
        this.rig = rig;
    }

    void check() {
        for (RecordingModule module : rig.modules) {
            assertThat(module.failures).as("failures of %s", module).isEmpty();
            checkForgotten(module);
        }
        rig.history.await("every event is told", rig.told::isComplete);
        rig.told.check(rig.history);
        checkRules(rig.history.recorder.history(), rig.told.dropped());
        assertThat(rig.incidents).as("incidents that the test did not expect").isEmpty();
        assertThat(rig.engine.registry.size()).as("NPIs in use at the end").isZero();
        assertThat(rig.engine.waits.threads()).as("threads that wait at the end").isZero();
        assertThat(rig.engine.waits.size()).as("waits that hold something up at the end").isZero();
    }

    /** What the modules of a dropped binding still do is their own affair; without it their pair was never offered. */
    private static void checkRules(History history, Set<String> dropped) {
        History others =
                new History(history.events().stream().filter(event -> !dropped.contains(event.binding())).toList());
        assertThat(HistoryCheck.violationsAtEnd(others))
                .filteredOn(broken -> dropped.isEmpty() || !Set.of("R1", "R2").contains(broken.rule()))
                .isEmpty();
    }

    /** The registrar holds nothing of the module (R7). */
    private static void checkForgotten(RecordingModule module) {
        if (module.registration != null) {
            assertThat(Inspect.keptOf(module.registration)).as("kept of %s", module).isEmpty();
        }
        for (Link link : module.links) {
            assertThat(Inspect.isForgotten(link.handle)).as("side of %s is forgotten", link).isTrue();
        }
    }
}
