package io.nmr.api;

import org.osgi.annotation.versioning.ProviderType;

/** The client's name for one binding. */
@ProviderType
public non-sealed interface ClientBindingHandle extends BindingHandle {

    /**
     * Goes on with the attachment that this handle was offered for (A3): the registrar calls
     * {@link ProviderCharacteristics#attachClient} on this thread and returns its answer. After a refusal the client
     * may call again with another dispatch table, inside the same callback (A6).
     *
     * <p>Called outside {@link ClientCharacteristics#attachProvider}, from another thread, or after it succeeded, it
     * answers a refusal with {@link NmrStatus#INVALID_PARAMETER}, and nothing changes (A10). Once one of the two
     * modules deregisters it answers {@link NmrStatus#DELETE_PENDING} without asking the provider.
     *
     * @param bindingContext the client's context of this binding; may be null
     * @param dispatch the client's dispatch table; null where the NPI defines none
     * @return {@link AttachResult.Attached} with the provider's context and dispatch table, or
     *     {@link AttachResult.Refused}
     */
    AttachResult attach(Object bindingContext, Object dispatch);
}
