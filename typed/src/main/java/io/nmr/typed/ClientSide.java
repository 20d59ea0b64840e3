package io.nmr.typed;

import io.nmr.api.NmrStatus;
import io.nmr.api.RegistrationInstance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The client's side of a binding.
 *
 * <p><b>Threading.</b> As {@link Binding}; {@code held} is guarded by this.
 *
 * @param <P> the provider's dispatch table
 */
final class ClientSide<P> extends Binding<P> {

    private Object target;
    private P dispatch;
    private Set<Held<?>> held = Set.of();

    ClientSide(Profile own, RegistrationInstance provider) {
        super(own, provider);
    }

    /** The other side's dispatch table is known. */
    void attach(Object theirs, P tracked) {
        target = theirs;
        dispatch = tracked;
    }

    @Override
    P dispatch() {
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

    @Override
    NmrStatus detach() {
        NmrStatus status = super.detach();
        heldNow().forEach(Held::detaching);
        return status;
    }

    /** Whether it has begun to detach, or does now: one of this and {@link #detach} tells {@code object}. */
    void hold(Held<?> object) {
        synchronized (this) {
            held = held.isEmpty() ? new HashSet<>() : held;
            held.add(object);
        }
        if (isClosed()) {
            object.detaching();
        }
    }

    synchronized void release(Held<?> object) {
        if (!held.isEmpty()) {
            held.remove(object);
        }
    }

    private synchronized List<Held<?>> heldNow() {
        return List.copyOf(held);
    }
}
