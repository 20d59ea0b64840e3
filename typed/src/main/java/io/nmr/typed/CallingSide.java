package io.nmr.typed;

import io.nmr.api.RegistrationInstance;

/**
 * The provider's side of a binding, where the NPI has callbacks.
 *
 * @param <C> the client's dispatch table
 */
final class CallingSide<C> extends ProviderSide<C> {

    private Object target;
    private C dispatch;

    CallingSide(Profile own, RegistrationInstance client) {
        super(own, client);
    }

    /** The other side's dispatch table is known. */
    void attach(Object theirs, C tracked) {
        target = theirs;
        dispatch = tracked;
    }

    @Override
    C dispatch() {
        return dispatch;
    }

    @Override
    public Object target() {
        return target;
    }

    @Override
    void cleanUp() {
        super.cleanUp();
        target = null;
        dispatch = null;
    }
}
