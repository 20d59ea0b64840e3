package io.nmr.typed;

import io.nmr.api.ModuleId;
import io.nmr.api.RegistrationInstance;

/**
 * What a module says of itself to those that it may be attached to.
 *
 * @param moduleId the module
 * @param number its implementation number
 * @param characteristics what the NPI has its role say, of the type that the {@link Npi} names; null where it names none
 */
public record ModuleDescription(ModuleId moduleId, long number, Object characteristics) {

    static ModuleDescription of(RegistrationInstance instance) {
        return new ModuleDescription(instance.moduleId(), instance.number(), instance.npiSpecificCharacteristics());
    }

    /**
     * The characteristics, as what the NPI says they are.
     *
     * @param <T> what to see them as
     * @param type the type that the {@link Npi} names for them, or a wider one
     * @return the characteristics, or null if there are none
     * @throws ClassCastException if they are of another type
     */
    public <T> T characteristics(Class<T> type) {
        return type.cast(characteristics);
    }

    /** All of it that holds nothing of the module's own classes (R7). */
    ModuleDescription withoutCharacteristics() {
        return new ModuleDescription(moduleId, number, null);
    }

    @Override
    public String toString() {
        return moduleId + " number " + number;
    }
}
