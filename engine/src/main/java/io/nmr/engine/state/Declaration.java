package io.nmr.engine.state;

import io.nmr.api.ClientCharacteristics;
import io.nmr.api.ModuleCharacteristics;
import io.nmr.api.NmrException;
import io.nmr.api.NmrStatus;
import io.nmr.api.ProviderCharacteristics;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.BundleRef;
import io.nmr.api.runtime.Role;
import java.util.Locale;

/**
 * What a module registers, read once and found legal (R4).
 *
 * @param role its role
 * @param callbacks the module's characteristics, for their callbacks
 * @param instance its registration instance
 * @param registrationContext its registration context, or null
 * @param npiName what it calls its NPI, or null
 */
public record Declaration(
        Role role,
        ModuleCharacteristics callbacks,
        RegistrationInstance instance,
        Object registrationContext,
        String npiName) {

    /** Reads the characteristics: foreign code, with no lock held. */
    static Declaration of(Role role, ModuleCharacteristics characteristics, BundleRef bundle) {
        if (characteristics == null) {
            throw refused(role, bundle, "its characteristics are null", null);
        }
        try {
            Declaration read = read(role, characteristics);
            read.requireLegal(bundle);
            return read;
        } catch (NmrException e) {
            throw e;
        } catch (Throwable t) {
            throw refused(role, bundle, "its characteristics could not be read, " + Thrown.describe(t), t);
        }
    }

    private static Declaration read(Role role, ModuleCharacteristics characteristics) {
        return switch (role) {
            case CLIENT -> read((ClientCharacteristics) characteristics);
            case PROVIDER -> read((ProviderCharacteristics) characteristics);
        };
    }

    private static Declaration read(ClientCharacteristics client) {
        return new Declaration(
                Role.CLIENT,
                client,
                client.clientRegistrationInstance(),
                client.clientRegistrationContext(),
                client.npiName());
    }

    private static Declaration read(ProviderCharacteristics provider) {
        return new Declaration(
                Role.PROVIDER,
                provider,
                provider.providerRegistrationInstance(),
                provider.providerRegistrationContext(),
                provider.npiName());
    }

    private void requireLegal(BundleRef bundle) {
        if (instance == null) {
            throw refused(role, bundle, "its registration instance is null", null);
        }
        if (instance.version() != 0) {
            throw refused(role, bundle, "version 0 was expected in " + instance, null);
        }
        if (instance.npiId() == null) {
            throw refused(role, bundle, "an NPI id was expected in " + instance, null);
        }
        if (instance.moduleId() == null) {
            throw refused(role, bundle, "a module id was expected in " + instance, null);
        }
    }

    private static NmrException refused(Role role, BundleRef bundle, String why, Throwable cause) {
        NmrException refusal = new NmrException(
                NmrStatus.INVALID_PARAMETER,
                "R4: the registration of a " + role.name().toLowerCase(Locale.ROOT)
                        + (bundle == null ? "" : " of " + bundle) + " is refused: " + why);
        refusal.initCause(cause);
        return refusal;
    }
}
