package io.nmr.typed;

import io.nmr.api.AttachResult.Refused;
import io.nmr.api.ModuleId;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import io.nmr.api.runtime.Role;
import io.nmr.typed.guard.Origin;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a typed module declares about itself, which modules it attaches, and what it logs.
 *
 * @param npi the NPI
 * @param role the module's role in it
 * @param self its description
 * @param clock gives the times in messages
 * @param acceptance SUCCESS, or the status to refuse another module with
 * @param <C> the client's dispatch table
 * @param <P> the provider's dispatch table
 */
record Profile<C, P>(
        Npi<C, P> npi,
        Role role,
        ModuleDescription self,
        InstantSource clock,
        Function<ModuleDescription, NmrStatus> acceptance) {

    private static final System.Logger LOG = System.getLogger("io.nmr.typed");

    Profile {
        Objects.requireNonNull(npi, "npi");
        Objects.requireNonNull(self.moduleId(), "moduleId");
        Objects.requireNonNull(clock, "clock");
    }

    static <C, P> Profile<C, P> of(Npi<C, P> npi, Role role, ModuleId moduleId) {
        ModuleDescription self = new ModuleDescription(moduleId, 0, null);
        return new Profile<>(npi, role, self, InstantSource.system(), other -> NmrStatus.SUCCESS);
    }

    Profile<C, P> withNumber(long number) {
        return with(new ModuleDescription(self.moduleId(), number, self.characteristics()));
    }

    Profile<C, P> withCharacteristics(Object characteristics) {
        requireOwn(characteristics);
        return with(new ModuleDescription(self.moduleId(), self.number(), characteristics));
    }

    private Profile<C, P> with(ModuleDescription description) {
        return new Profile<>(npi, role, description, clock, acceptance);
    }

    Profile<C, P> withClock(InstantSource other) {
        return new Profile<>(npi, role, self, other, acceptance);
    }

    /** @throws IllegalArgumentException if {@code otherwise} is SUCCESS */
    Profile<C, P> withAccept(Predicate<? super ModuleDescription> predicate, NmrStatus otherwise) {
        Objects.requireNonNull(predicate, "predicate");
        NmrStatus refusal = new Refused(otherwise).status();
        return new Profile<>(npi, role, self, clock, other -> predicate.test(other) ? NmrStatus.SUCCESS : refusal);
    }

    private void requireOwn(Object characteristics) {
        Class<?> expected = npi.characteristics(role);
        if (expected != null && !expected.isInstance(characteristics)) {
            throw new IllegalArgumentException("The characteristics of " + this + " are "
                    + describe(characteristics, expected) + ", but " + name(expected) + " was expected");
        }
    }

    /** @throws IllegalArgumentException if it has no characteristics although the NPI names a type for them */
    RegistrationInstance instance() {
        requireOwn(self.characteristics());
        return RegistrationInstance.of(npi.id(), self.moduleId(), self.number(), self.characteristics());
    }

    /** SUCCESS, or the status to refuse {@code other} with; the log names characteristics of the wrong type. */
    NmrStatus judge(ModuleDescription other) {
        Class<?> expected = npi.characteristics(role.opposite());
        if (expected == null || expected.isInstance(other.characteristics())) {
            return acceptance.apply(other);
        }
        refuse(other, "its characteristics are " + describe(other.characteristics(), expected), name(expected));
        return NmrStatus.NOINTERFACE;
    }

    /** The other side's dispatch table is of none of the types that the NPI names. */
    void refuseDispatch(ModuleDescription other, Object dispatch, List<? extends Class<?>> expected) {
        String types = String.join(" or ", expected.stream().map(Profile::name).toList());
        refuse(other, "its dispatch table is " + describe(dispatch, expected.get(0)), types);
    }

    private void refuse(ModuleDescription other, String actual, String expected) {
        LOG.log(Level.WARNING, this + " does not attach " + role.opposite() + " " + other + ": " + actual + ", but "
                + expected + " was expected");
    }

    void failed(String what, RuntimeException failure) {
        LOG.log(Level.WARNING, this + ": " + what + " failed", failure);
    }

    /** A type with the expected name is the most telling: two bundles export it. */
    private static String describe(Object object, Class<?> expected) {
        if (object == null) {
            return "null";
        }
        return Origin.supertype(object.getClass(), expected.getName())
                .map(same -> "another " + name(same))
                .orElseGet(() -> "a " + name(object.getClass()));
    }

    private static String name(Class<?> type) {
        return type.getName() + " of " + Origin.of(type);
    }

    @Override
    public String toString() {
        return role + " " + self + " of " + npi;
    }
}
