package io.nmr.typed;

import io.nmr.api.ModuleId;
import io.nmr.api.RegistrationInstance;

/**
 * What a module declares about itself: a module sees it before it attaches to this one.
 *
 * @param moduleId the module
 * @param number its implementation number
 * @param characteristics of the type that the {@link Npi} names for its role; null only where it names none
 */
public record ModuleDescription(ModuleId moduleId, long number, Object characteristics) {

    static ModuleDescription of(RegistrationInstance instance) {
        return new ModuleDescription(instance.moduleId(), instance.number(), instance.npiSpecificCharacteristics());
    }

    /**
     * The characteristics, as the type that the NPI names.
     *
     * @param <T> the type
     * @param type the type that the {@link Npi} names for them, or a wider one
     * @return the characteristics, or null if there are none
     * @throws ClassCastException if they are of another type
     */
    public <T> T characteristics(Class<T> type) {
        return type.cast(characteristics);
    }

    /** Without the part that can hold classes of the module (R7). */
    ModuleDescription withoutCharacteristics() {
        return new ModuleDescription(moduleId, number, null);
    }

    @Override
    public String toString() {
        return moduleId + " number " + number;
    }
}
