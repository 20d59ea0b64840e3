package io.nmr.engine;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleCharacteristics;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import java.util.function.Function;

/**
 * What a module registers, read once and found legal (R4).
 *
 * @param callbacks the module's characteristics, for their callbacks
 * @param instance its registration instance
 * @param registrationContext its registration context, or null
 * @param npiName what it calls its NPI, or null
 */
record Characteristics<C extends ModuleCharacteristics>(
        C callbacks, RegistrationInstance instance, Object registrationContext, String npiName) {

    static Characteristics<ClientCharacteristics> of(ClientCharacteristics client, Object origin) {
        return read(
                Role.CLIENT,
                origin,
                client,
                ClientCharacteristics::clientRegistrationInstance,
                ClientCharacteristics::clientRegistrationContext);
    }

    static Characteristics<ProviderCharacteristics> of(ProviderCharacteristics provider, Object origin) {
        return read(
                Role.PROVIDER,
                origin,
                provider,
                ProviderCharacteristics::providerRegistrationInstance,
                ProviderCharacteristics::providerRegistrationContext);
    }

    private static <C extends ModuleCharacteristics> Characteristics<C> read(
            Role role,
            Object origin,
            C callbacks,
            Function<C, RegistrationInstance> instance,
            Function<C, Object> context) {
        if (callbacks == null) {
            throw refused(role, origin, "its characteristics are null", null);
        }
        try {
            RegistrationInstance read = instance.apply(callbacks);
            requireLegal(role, origin, read);
            return new Characteristics<>(callbacks, read, context.apply(callbacks), callbacks.npiName());
        } catch (NmrException e) {
            throw e;
        } catch (Throwable t) {
            throw refused(role, origin, "its characteristics could not be read, " + t, t);
        }
    }

    private static void requireLegal(Role role, Object origin, RegistrationInstance instance) {
        if (instance == null) {
            throw refused(role, origin, "its registration instance is null", null);
        }
        if (instance.version() != 0) {
            throw refused(role, origin, "version 0 was expected in " + instance, null);
        }
        if (instance.npiId() == null) {
            throw refused(role, origin, "an NPI id was expected in " + instance, null);
        }
        if (instance.moduleId() == null) {
            throw refused(role, origin, "a module id was expected in " + instance, null);
        }
    }

    private static NmrException refused(Role role, Object origin, String why, Throwable cause) {
        String from = origin == null ? "" : " of " + origin;
        NmrException refusal = new NmrException(
                NmrStatus.INVALID_PARAMETER, "R4: the registration of a " + role + from + " is refused: " + why);
        refusal.initCause(cause);
        return refusal;
    }
}
