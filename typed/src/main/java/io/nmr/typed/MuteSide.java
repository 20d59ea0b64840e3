package io.nmr.typed;

import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;

/**
 * The provider's side of a binding, where the NPI has no callbacks: it never calls.
 *
 * @param <C> {@code Void}
 */
final class MuteSide<C> extends ProviderSide<C> {

    /** @param never the gate of all of these: nobody enters it, so nobody needs to close it */
    MuteSide(CallGate.Closer never, Profile own, RegistrationInstance client) {
        super(never, own, client);
    }

    @Override
    C dispatch() {
        return null;
    }

    @Override
    public Object target() {
        return null;
    }

    @Override
    NmrStatus detach() {
        return NmrStatus.SUCCESS;
    }
}
