package io.nmr.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A provider module, as it registers itself ({@code NPI_PROVIDER_CHARACTERISTICS}). On OSGi, publishing one as a service
 * is its registration (O1).
 *
 * <p><b>Threading.</b> The registrar calls with no lock of its own held. The callbacks of one binding never overlap,
 * and each happens-before the next; those of different bindings may overlap (A12). Attach may block, detach and cleanup
 * do not (D10).
 *
 * <p><b>Errors.</b> A callback that throws is contained and reported: in attach it stands for a refusal, in detach D9
 * says what for, in cleanup it keeps nothing else from being cleaned up (C1).
 */
@ConsumerType
public non-sealed interface ProviderCharacteristics extends ModuleCharacteristics {

    /**
     * What this provider says of itself. Read once, at registration.
     *
     * @return the instance, with an NPI id, a module id and version 0 (R4)
     */
    RegistrationInstance providerRegistrationInstance();

    /**
     * The object that is handed back at every {@link #attachClient}. Read once, at registration; only the registrar
     * sees it.
     *
     * @return the registration context, or null
     */
    default Object providerRegistrationContext() {
        return null;
    }

    /**
     * Asks to attach a client ({@code ProviderAttachClient}, A4). Calls in both directions may begin as soon as this
     * method has returned an acceptance (A12).
     *
     * @param handle names the binding
     * @param registrationContext what {@link #providerRegistrationContext} returned
     * @param client what the client says of itself
     * @param clientBindingContext the client's context, to be handed back in calls of its dispatch table; may be null
     * @param clientDispatch the client's dispatch table; null where the NPI defines none
     * @return {@link AttachResult.Attached} with this provider's context and dispatch table, or
     *     {@link AttachResult.Refused} with a reason, after which the client may ask again (A6)
     */
    AttachResult attachClient(
            ProviderBindingHandle handle,
            Object registrationContext,
            RegistrationInstance client,
            Object clientBindingContext,
            Object clientDispatch);

    /**
     * Ends a binding ({@code ProviderDetachClient}, D2): start no new call into the client from here on (D3).
     *
     * @param bindingContext the provider's context of the binding
     * @return {@link NmrStatus#SUCCESS} if none of the provider's calls is in progress, else {@link NmrStatus#PENDING}
     *     and later {@link BindingHandle#detachComplete}: what {@link CallGate.Closer#close} answers
     */
    NmrStatus detachClient(Object bindingContext);

    /**
     * Frees the provider's context of a binding ({@code ProviderCleanupBindingContext}, C1): both sides have completed
     * their detach, and neither uses it any more.
     *
     * @param bindingContext the provider's context of the binding
     */
    default void cleanupProviderBindingContext(Object bindingContext) {}
}
