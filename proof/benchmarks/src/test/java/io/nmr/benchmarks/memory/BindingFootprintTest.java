package io.nmr.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** G7: what a binding keeps, on a virtual machine as it comes; the figures are those of {@code RESULTS.md}. */
class BindingFootprintTest {

    @Test
    void rawModules_whatTheRegistrarKeeps() {
        assertKept(96, Shape.RAW_WITHOUT_GATES);
    }

    @Test
    void rawModules_withAGateOnEachSide() {
        assertKept(192, Shape.RAW);
    }

    @Test
    void rawModules_whoseObjectsAreTheirGates() {
        assertKept(160, Shape.RAW_OWNED);
    }

    @Test
    void typedModules_ofAnNpiWithoutCallbacks() {
        assertKept(228, Shape.TYPED);
    }

    @Test
    void typedModules_ofAnNpiWithCallbacks() {
        assertKept(252, Shape.TYPED_WITH_CALLBACKS);
    }

    private static void assertKept(int most, Shape shape) {
        Footprint kept = shape.ofOneBinding();
        assertThat(kept.total()).as(kept::toString).isBetween(most - 8.0, (double) most);
    }
}
