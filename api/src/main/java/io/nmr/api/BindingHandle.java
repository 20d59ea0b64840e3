package io.nmr.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * One side's name for one binding: given to it at attach, and never reused. Each side has a handle of its own, which
 * acts for that side only (D6).
 *
 * <p><b>Threading.</b> Any thread may call any method, inside or outside callbacks; none blocks.
 *
 * <p><b>Memory consistency effects.</b> What a side did before {@link #detachComplete} happens-before the cleanup
 * callbacks of both sides.
 */
@ProviderType
public sealed interface BindingHandle permits ClientBindingHandle, ProviderBindingHandle {

    /**
     * Tells the registrar, once and inside the attach callback, which gate counts this side's calls into the other
     * side. The registrar reads its count when an operator asks who holds a drain, and closes it in this side's stead if
     * the detach callback fails (D9). A side that announces no gate is shown as not tracked.
     *
     * @param gate the closing face of this side's gate, open
     * @throws NmrException outside this side's attach callback, or the second time within it
     * @throws NullPointerException if {@code gate} is null
     */
    void announce(CallGate.Closer gate);

    /**
     * Ends a pending detach: the last of this side's calls in progress has returned (D5). May be called before the
     * detach callback that answers {@link NmrStatus#PENDING} has returned.
     *
     * @throws NmrException before any detach callback, after it answered {@link NmrStatus#SUCCESS}, and the second
     *     time (D6); nothing changes
     */
    void detachComplete();
}
