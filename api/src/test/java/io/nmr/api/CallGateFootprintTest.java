package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;

/** G7: what a gate costs as long as threads do not contend for it. */
class CallGateFootprintTest {

    private static final long MOST = 56;

    private static final class Binding extends CallGate.Owned {}

    @Test
    void bothFacesOfAGate_withoutCells() {
        CallGate.Closer closer = CallGate.open();
        assertThat(bytes(closer) + bytes(closer.gate())).isLessThanOrEqualTo(MOST);
    }

    @Test
    void aGateThatIsItsOwnersObject_takesNoOther() {
        CallGate.Closer closer = new Binding();
        assertThat(closer.gate()).isSameAs(closer);
        assertThat(bytes(closer)).isEqualTo(bytes(CallGate.open().gate()));
    }

    private static long bytes(Object object) {
        return ClassLayout.parseInstance(object).instanceSize();
    }
}
