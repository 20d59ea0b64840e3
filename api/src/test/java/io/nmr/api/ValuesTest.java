package io.nmr.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The values that cross the registrar: ids, statuses, instances, results, errors. */
class ValuesTest {

    private static final String GUID = "0aa4b9ff-1d62-4b29-9be4-b14dd6e26f10";

    @Test
    void status_hasTheValueOfTheNtstatusOfItsName() {
        assertThat(NmrStatus.SUCCESS).hasToString("STATUS_SUCCESS(0x00000000)");
        assertThat(NmrStatus.TIMEOUT).hasToString("STATUS_TIMEOUT(0x00000102)");
        assertThat(NmrStatus.PENDING).hasToString("STATUS_PENDING(0x00000103)");
        assertThat(NmrStatus.UNSUCCESSFUL).hasToString("STATUS_UNSUCCESSFUL(0xC0000001)");
        assertThat(NmrStatus.INVALID_PARAMETER).hasToString("STATUS_INVALID_PARAMETER(0xC000000D)");
        assertThat(NmrStatus.DELETE_PENDING).hasToString("STATUS_DELETE_PENDING(0xC0000056)");
        assertThat(NmrStatus.INSUFFICIENT_RESOURCES).hasToString("STATUS_INSUFFICIENT_RESOURCES(0xC000009A)");
        assertThat(NmrStatus.POSSIBLE_DEADLOCK).hasToString("STATUS_POSSIBLE_DEADLOCK(0xC0000194)");
        assertThat(NmrStatus.NOINTERFACE).hasToString("STATUS_NOINTERFACE(0xC00002B9)");
    }

    @Test
    void status_isAnOpenSet_comparedByValue_andOnlySuccessIsSuccess() {
        assertThat(new NmrStatus(0xC0FFEE00)).hasToString("status(0xC0FFEE00)").isEqualTo(new NmrStatus(0xC0FFEE00));
        assertThat(NmrStatus.SUCCESS.isSuccess()).isTrue();
        assertThat(new NmrStatus(0).isSuccess()).isTrue();
        assertThat(NmrStatus.PENDING.isSuccess()).as("a success code by sign").isFalse();
        assertThat(NmrStatus.TIMEOUT.isSuccess()).isFalse();
        assertThat(NmrStatus.NOINTERFACE.isSuccess()).isFalse();
    }

    @Test
    void npiId_isItsGuid() {
        assertThat(NpiId.of(GUID)).isEqualTo(new NpiId(UUID.fromString(GUID))).hasToString("{" + GUID + "}");
        assertThatThrownBy(() -> new NpiId(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> NpiId.of("no guid")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moduleId_isAGuidOrAnInterfaceLuid_neverEqual() {
        assertThat(ModuleId.of(GUID)).isEqualTo(new ModuleId.Guid(UUID.fromString(GUID))).hasToString("{" + GUID + "}");
        assertThat(new ModuleId.InterfaceLuid(-1)).hasToString("luid:ffffffffffffffff");
        assertThat(new ModuleId.InterfaceLuid(0))
                .isEqualTo(new ModuleId.InterfaceLuid(0))
                .isNotEqualTo(new ModuleId.Guid(new UUID(0, 0)));
        assertThatThrownBy(() -> new ModuleId.Guid(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void registrationInstance_ofIsVersionZero_andTheRecordTakesAnything() {
        RegistrationInstance instance = RegistrationInstance.of(NpiId.of(GUID), ModuleId.of(GUID), 7, "specific");
        assertThat(instance.version()).isZero();
        assertThat(instance.number()).isEqualTo(7);
        assertThat(instance.npiSpecificCharacteristics()).isEqualTo("specific");
        assertThat(new RegistrationInstance(9, null, null, Long.MIN_VALUE, null).version()).isEqualTo(9);
    }

    @Test
    void A5_attachResult_isAnAcceptanceOrARefusalWithAnyStatusButSuccess() {
        assertThat(new AttachResult.Attached(null, null).status()).isEqualTo(NmrStatus.SUCCESS);
        assertThat(new AttachResult.Refused(NmrStatus.PENDING).status()).isEqualTo(NmrStatus.PENDING);
        assertThatThrownBy(() -> new AttachResult.Refused(NmrStatus.SUCCESS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("any other status was expected");
        assertThatThrownBy(() -> new AttachResult.Refused(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void exception_carriesItsStatus_inMethodAndMessage() {
        NmrException error = new NmrException(NmrStatus.INVALID_PARAMETER, "what was expected");
        assertThat(error.status()).isEqualTo(NmrStatus.INVALID_PARAMETER);
        assertThat(error).hasMessage("what was expected: STATUS_INVALID_PARAMETER(0xC000000D)");
        assertThatThrownBy(() -> new NmrException(NmrStatus.TIMEOUT, null)).isInstanceOf(NullPointerException.class);
    }
}
