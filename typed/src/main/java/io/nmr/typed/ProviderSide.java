package io.nmr.typed;

import io.nmr.api.RegistrationInstance;

/**
 * The provider's side of a binding.
 *
 * <p><b>Threading.</b> As {@link Binding}; {@code place} is {@link Clients}'.
 *
 * @param <C> the client's dispatch table
 */
abstract sealed class ProviderSide<C> extends Binding<C> permits CallingSide, MuteSide {

    /** Where among {@link Clients} it is; below 0 where it is not. */
    int place = -1;

    ProviderSide(Profile own, RegistrationInstance client) {
        super(own, client);
    }
}
