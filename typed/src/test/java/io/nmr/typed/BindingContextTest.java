package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderBindingHandle;
import io.nmr.api.RegistrationInstance;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a binding's context knows of the other module in each state. */
class BindingContextTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Profile<Void, Lookup> OWN = Rig.OWN.withClock(() -> NOW);

    private final BindingContext<Lookup> binding =
            new BindingContext<>(RegistrationInstance.of(Rig.ID, Rig.PROVIDER, 7, "of the provider"));

    BindingContextTest() {
        binding.announce(new Handle());
    }

    /** G7: to keep a description in each binding is too much, unless calls ask for it. */
    @Test
    void description_isKeptOnceCallsAskForIt_notBefore() {
        assertThat(binding.describe()).isEqualTo(binding.describe()).isNotSameAs(binding.describe());
        assertThat(binding.other()).isSameAs(binding.other()).isSameAs(binding.describe());
        assertThat(binding).asString().contains(Rig.PROVIDER + " number 7", "by the handle");
    }

    @Test
    void detaching_itKnowsAllOfTheOther() {
        binding.leave(OWN);
        assertThat(binding.detach()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(binding.other().characteristics()).isEqualTo("of the provider");
        assertThat(binding.snapshot()).hasSize(1);
        assertRefused(NOW);
    }

    @Test
    void R7_cleanedUp_itKnowsTheNameAndTheTimeOnly() {
        binding.leave(OWN);
        binding.detach();
        binding.cleanUp(OWN);
        assertThat(binding.other()).isNull();
        assertThat(binding.snapshot()).isEmpty();
        assertThat(binding.otherAtAnyTime().characteristics()).isNull();
        assertThat(binding).asString().contains(Rig.PROVIDER + " number 7");
        assertRefused(NOW);
    }

    /** D9: the registrar closes the gate of a side whose detach callback failed before it did so. */
    @Test
    void D9_closedByTheRegistrar_refusesWithoutATime() {
        binding.close(() -> { });
        assertRefused(null);
        binding.cleanUp(OWN);
        assertRefused(null);
    }

    private void assertRefused(Instant since) {
        assertThatExceptionOfType(DetachedException.class)
                .isThrownBy(binding::begin)
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

        @Override
        public String toString() {
            return "the handle";
        }
    }
}
