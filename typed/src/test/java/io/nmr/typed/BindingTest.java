package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nmr.api.CallGate;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.NpiId;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.RegistrationInstance;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What one side of a binding knows of the other, as time goes by. */
class BindingTest {

    private static final NpiId ID = NpiId.of("00000000-0000-0000-0000-000000000001");
    private static final ModuleId MODULE = ModuleId.of("00000000-0000-0000-0000-000000000002");
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Profile OWN = new Profile(
            Npi.of(ID, "lookup", Lookup.class), Role.CLIENT, new ModuleDescription(MODULE, 0, null), () -> NOW);

    private final ClientSide<Lookup> side =
            new ClientSide<>(OWN, RegistrationInstance.of(ID, MODULE, 7, "of the provider"));

    BindingTest() {
        side.announce(new Handle());
    }

    /** G7: as a rule nobody asks, and a description that a look at all bindings leaves in each would be kept. */
    @Test
    void description_isKeptOnceCallsAskForIt_notBefore() {
        assertThat(side.describe()).isEqualTo(side.describe()).isNotSameAs(side.describe());
        assertThat(side.other()).isSameAs(side.other()).isSameAs(side.describe());
    }

    @Test
    void description_isThereWhileItDetaches_askedForOrNot() {
        side.leave();
        assertThat(side.detach()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(side.other().characteristics()).isEqualTo("of the provider");
        assertThat(side.snapshot()).hasSize(1);
        assertRefused(NOW);
    }

    @Test
    void R7_cleanedUp_itKnowsTheNameAndTheTimeOnly() {
        side.leave();
        side.detach();
        side.cleanUp();
        assertThat(side.other()).isNull();
        assertThat(side.satisfies(module -> true)).isFalse();
        assertThat(side.snapshot()).isEmpty();
        assertThat(side.otherAtAnyTime().characteristics()).isNull();
        assertThat(side).asString().contains(MODULE + " number 7");
        assertRefused(NOW);
    }

    /** D9: the registrar closes the gate of a side whose detach callback failed before it did so. */
    @Test
    void D9_closedInItsStead_refusesWithoutATime() {
        side.close(() -> { });
        assertRefused(null);
    }

    private void assertRefused(Instant since) {
        assertThatExceptionOfType(DetachedException.class)
                .isThrownBy(side::begin)
                .satisfies(refused -> assertThat(refused.since()).isEqualTo(since));
    }

    private static final class Handle implements ProviderBindingHandle {

        @Override
        public void announce(CallGate.Closer gate) {
            assertThat(gate.gate().isClosed()).isFalse();
        }

        @Override
        public void detachComplete() {
            throw new AssertionError("no call was in progress");
        }
    }
}
