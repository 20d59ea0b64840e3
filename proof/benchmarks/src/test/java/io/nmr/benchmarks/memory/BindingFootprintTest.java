package io.nmr.benchmarks.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** G7: what a binding keeps, on a virtual machine as it comes; the figures are those of {@code RESULTS.md}. */
class BindingFootprintTest {

    /** Bytes of a binding of any kind, the gates of both sides included. */
    private static final int GOAL = 256;

    @Test
    void rawModules_whatTheRegistrarKeeps() {
        assertKept(128, Shape.RAW_WITHOUT_GATES);
    }

    @Test
    void rawModules_withAGateOnEachSide() {
        assertKept(GOAL, Shape.RAW);
    }

    @Test
    void rawModules_whoseObjectsAreTheirGates() {
        assertKept(GOAL, Shape.RAW_OWNED);
    }

    @Test
    void typedModules_ofAnNpiWithoutCallbacks() {
        assertKept(GOAL, Shape.TYPED);
    }

    @Test
    void typedModules_ofAnNpiWithCallbacks() {
        assertKept(GOAL, Shape.TYPED_WITH_CALLBACKS);
    }

    private static void assertKept(int most, Shape shape) {
        Footprint kept = shape.ofOneBinding();
        assertThat(kept.total()).as(kept::toString).isLessThanOrEqualTo(most);
    }
}
