package io.nmr.typed;

import io.nmr.api.RegistrationInstance;
import io.nmr.typed.guard.Origin;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * What a typed module says of itself, and what it says of others in messages.
 *
 * @param npi the NPI
 * @param role the module's role in it
 * @param self its description
 * @param clock tells since when a binding is detached
 */
record Profile(Npi<?, ?> npi, Role role, ModuleDescription self, InstantSource clock) {

    private static final System.Logger LOG = System.getLogger("io.nmr.typed");

    Profile {
        Objects.requireNonNull(npi, "npi");
        Objects.requireNonNull(self.moduleId(), "moduleId");
        Objects.requireNonNull(clock, "clock");
    }

    Profile withNumber(long number) {
        return new Profile(npi, role, new ModuleDescription(self.moduleId(), number, self.characteristics()), clock);
    }

    Profile withCharacteristics(Object characteristics) {
        requireOwn(characteristics);
        return new Profile(npi, role, new ModuleDescription(self.moduleId(), self.number(), characteristics), clock);
    }

    Profile withClock(InstantSource other) {
        return new Profile(npi, role, self, other);
    }

    private void requireOwn(Object characteristics) {
        Class<?> expected = npi.characteristics(role);
        if (expected != null && !expected.isInstance(characteristics)) {
            throw new IllegalArgumentException(
                    this + " says " + describe(characteristics, expected) + " of itself: " + name(expected) + " expected");
        }
    }

    /** @throws IllegalArgumentException if it says nothing of itself where the NPI has it say something */
    RegistrationInstance instance() {
        requireOwn(self.characteristics());
        return RegistrationInstance.of(npi.id(), self.moduleId(), self.number(), self.characteristics());
    }

    /** Whether what the other side says of itself is what the NPI has it say; if not, the log says so. */
    boolean understands(ModuleDescription other) {
        Class<?> expected = npi.characteristics(role.other());
        boolean understood = expected == null || expected.isInstance(other.characteristics());
        if (!understood) {
            LOG.log(System.Logger.Level.WARNING, this + " does not attach " + role.other() + " " + other + ": it says "
                    + describe(other.characteristics(), expected) + " of itself, but " + name(expected)
                    + " was expected");
        }
        return understood;
    }

    /** The other side's dispatch table is of none of the types that the NPI says. */
    void refuseDispatch(ModuleDescription other, Object dispatch, List<? extends Class<?>> expected) {
        String types = String.join(" or ", expected.stream().map(Profile::name).toList());
        LOG.log(System.Logger.Level.WARNING, this + " does not attach " + role.other() + " " + other
                + ": its dispatch table is " + describe(dispatch, expected.get(0)) + ", but " + types + " was expected");
    }

    void failed(String what, RuntimeException failure) {
        LOG.log(System.Logger.Level.WARNING, this + ": " + what + " failed", failure);
    }

    /** A type of the expected name says most: two bundles export it. */
    private static String describe(Object object, Class<?> expected) {
        if (object == null) {
            return "null";
        }
        Deque<Class<?>> left = new ArrayDeque<>(List.of(object.getClass()));
        while (!left.isEmpty()) {
            Class<?> type = left.pop();
            if (type.getName().equals(expected.getName())) {
                return "another " + name(type);
            }
            left.addAll(Arrays.asList(type.getInterfaces()));
            if (type.getSuperclass() != null) {
                left.add(type.getSuperclass());
            }
        }
        return "a " + name(object.getClass());
    }

    private static String name(Class<?> type) {
        return type.getName() + " of " + Origin.of(type);
    }

    @Override
    public String toString() {
        return role + " " + self + " of " + npi;
    }
}
