package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** G7: what a gate costs as long as threads do not contend for it. */
class CallGateFootprintTest {

    private static final long MOST = 56;

    @Test
    void bothFacesOfAGate_withoutCells() {
        assertThat(bytes(CallGate.class) + bytes(CallGate.Closer.class)).isLessThanOrEqualTo(MOST);
    }

    private static long bytes(Class<?> type) {
        return ClassLayout.parseClass(type).instanceSize();
    }
}
