package io.nmr.typed;

import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;

/**
 * The provider's side of a binding, where the NPI has no callbacks: it never calls.
 *
 * @param <C> {@code Void}
 */
final class MuteSide<C> extends ProviderSide<C> {

    MuteSide(Profile own, RegistrationInstance client) {
        super(own, client);
    }

    @Override
    C dispatch() {
        return null;
    }

    @Override
    public Object target() {
        return null;
    }

    /** Whatever a raw client has done with the gate of what it was shown as an opaque context (A5). */
    @Override
    NmrStatus detach() {
        return NmrStatus.SUCCESS;
    }
}
