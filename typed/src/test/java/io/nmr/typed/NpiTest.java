package io.nmr.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class NpiTest {

    @Test
    void dispatchTable_isAPublicInterface() {
        assertThatIllegalArgumentException().isThrownBy(() -> Npi.of(Rig.ID, "name", String.class));
        assertThatIllegalArgumentException().isThrownBy(() -> Npi.of(Rig.ID, "name", Void.class, Lookup.class));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Npi.of(Rig.ID, "name", Private.class))
                .withMessageContainingAll(Private.class.getName(), "is not public");
    }

    interface Private {}

    @Test
    void everythingIsRequired() {
        assertThatNullPointerException().isThrownBy(() -> Npi.of(null, "name", Lookup.class));
        assertThatNullPointerException().isThrownBy(() -> Npi.of(Rig.ID, null, Lookup.class));
        assertThatNullPointerException().isThrownBy(() -> NpiClient.of(Rig.PLAIN, null));
        assertThatNullPointerException().isThrownBy(() -> NpiProvider.of(Rig.PLAIN, Rig.PROVIDER, (Lookup) null));
        assertThatNullPointerException().isThrownBy(() -> NpiClient.of(Rig.NPI, Rig.CLIENT, null));
    }

    @Test
    void configuring_changesAnotherModule() {
        NpiClient<Void, Lookup> client = NpiClient.of(Rig.PLAIN, Rig.CLIENT);
        NpiClient<Void, Lookup> configured = client.withNumber(2).withCharacteristics("said");

        assertThat(client.clientRegistrationInstance().number()).isZero();
        assertThat(configured.clientRegistrationInstance().number()).isEqualTo(2);
        assertThat(configured.clientRegistrationInstance().npiSpecificCharacteristics()).isEqualTo("said");
        assertThat(Rig.PLAIN).hasToString("NPI 'lookup' " + Rig.ID);
    }
}
