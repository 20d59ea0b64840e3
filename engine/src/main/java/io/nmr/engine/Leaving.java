package io.nmr.engine;

/**
 * A binding's way out: who left first, since when, and the effects that it takes. Made before the binding begins to leave,
 * where it can still be refused for want of memory: what follows takes none.
 *
 * <p><b>Threading.</b> Guarded by the lock of the NPI; looked at without it inside {@code Npi.look}.
 */
final class Leaving {

    private final DetachNotice clientDetach;
    private final DetachNotice providerDetach;
    private final Cleanup clientCleanup;
    private final Cleanup providerCleanup;

    /** Null until the binding leaves. */
    private Role first;

    /** When that was, in nanoseconds of the injected clock. */
    private long since;

    private boolean overdue;

    Leaving(Binding binding) {
        clientDetach = new DetachNotice(binding.client());
        providerDetach = new DetachNotice(binding.provider);
        clientCleanup = new Cleanup(binding.client());
        providerCleanup = new Cleanup(binding.provider);
    }

    /** Changes nothing if it has begun before. */
    void begin(Role first, long now) {
        if (this.first == null) {
            this.first = first;
            since = now;
        }
    }

    boolean hasBegun() {
        return first != null;
    }

    Role first() {
        return first;
    }

    long nanos(long now) {
        return first == null ? 0 : Math.max(0, now - since);
    }

    /** False if it was. */
    boolean becomeOverdue() {
        boolean becomes = !overdue;
        overdue = true;
        return becomes;
    }

    /** Whether nobody waits for it any longer. */
    boolean isOverdue() {
        return overdue;
    }

    DetachNotice detachNotice(Role role) {
        return role == Role.CLIENT ? clientDetach : providerDetach;
    }

    Cleanup cleanup(Role role) {
        return role == Role.CLIENT ? clientCleanup : providerCleanup;
    }
}
