package io.nmr.typed;

import io.nmr.api.AttachResult;
import io.nmr.api.ClientBindingHandle;
import io.nmr.api.NmrStatus;
import io.nmr.typed.guard.GuardFactory;
import io.nmr.typed.guard.Tracked;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A version of the client's dispatch table of an NPI (A6). A list of them begins with the current one; it is empty where
 * the NPI defines no callbacks.
 *
 * @param guards make tracked dispatch tables of it
 * @param offer converts from the current version, for a provider that does not know that
 * @param adapt converts a tracked one to the current version, for a provider that does
 * @param <E> the version
 * @param <C> the current version
 */
record CallbackVersion<E, C>(
        GuardFactory<E> guards, Function<? super C, ? extends E> offer, Function<? super E, ? extends C> adapt) {

    static <C> CallbackVersion<C, C> current(Class<C> type) {
        return new CallbackVersion<>(GuardFactory.of(type), callbacks -> callbacks, callbacks -> callbacks);
    }

    Class<E> type() {
        return guards.type();
    }

    private Object offered(C callbacks) {
        return offer.apply(callbacks);
    }

    C tracked(Tracked tracked) {
        return adapt.apply(guards.guard(tracked));
    }

    /** Offers the versions to a provider, the current one first, until the provider takes one (A6). */
    static <C> AttachResult offer(
            List<CallbackVersion<?, C>> versions, C callbacks, ClientBindingHandle handle, Object bindingContext) {
        if (versions.isEmpty()) {
            return handle.attach(bindingContext, null);
        }
        Objects.requireNonNull(callbacks, () -> "no callbacks for " + bindingContext);
        AttachResult result = handle.attach(bindingContext, versions.get(0).offered(callbacks));
        for (int i = 1; i < versions.size() && result.status().equals(NmrStatus.NOINTERFACE); i++) {
            result = handle.attach(bindingContext, versions.get(i).offered(callbacks));
        }
        return result;
    }

    /** The version that a dispatch table is of. */
    static <C> Optional<CallbackVersion<?, C>> of(Object dispatch, List<CallbackVersion<?, C>> versions) {
        return versions.stream().filter(version -> version.type().isInstance(dispatch)).findFirst();
    }

    static List<Class<?>> types(List<? extends CallbackVersion<?, ?>> versions) {
        return versions.stream().<Class<?>>map(CallbackVersion::type).toList();
    }
}
