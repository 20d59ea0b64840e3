package io.nmr.typed;

import io.nmr.api.CallGate;
import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;

/**
 * The provider's side of a binding.
 *
 * <p><b>Threading.</b> As {@link Binding}; {@code place} is {@link Clients}'.
 *
 * @param <C> the client's dispatch table
 */
final class ProviderSide<C> extends Binding<C> {

    /** Where among {@link Clients} it is; below 0 where it is not. */
    int place = -1;

    ProviderSide(Profile own, RegistrationInstance client) {
        super(own, client);
    }

    private ProviderSide(CallGate.Closer never, Profile own, RegistrationInstance client) {
        super(never, own, client);
    }

    /**
     * One that never calls, for the NPI has no callbacks.
     *
     * @param never the gate of all of these: nobody enters it, so nobody needs to close it
     */
    static <C> ProviderSide<C> mute(CallGate.Closer never, Profile own, RegistrationInstance client) {
        return new ProviderSide<>(never, own, client);
    }

    /** As {@link #detach}, of one that never calls. */
    NmrStatus detachMute() {
        leave();
        return NmrStatus.SUCCESS;
    }
}
