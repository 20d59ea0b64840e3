package io.nmr.typed;

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
}
