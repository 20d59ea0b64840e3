package io.nmr.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A client module, as it registers itself ({@code NPI_CLIENT_CHARACTERISTICS}). On OSGi, publishing one as a service is
 * its registration (O1).
 *
 * <p><b>Threading.</b> The registrar calls with no lock of its own held. The callbacks of one binding never overlap,
 * and each happens-before the next; those of different bindings may overlap (A12). Attach may block, detach and cleanup
 * do not (D10).
 *
 * <p><b>Errors.</b> A callback that throws is contained and reported: in attach it stands for a refusal (A11), in
 * detach D9 says what for, in cleanup it keeps nothing else from being cleaned up (C1).
 */
@ConsumerType
public non-sealed interface ClientCharacteristics extends ModuleCharacteristics {

    /**
     * What this client says of itself. Read once, at registration.
     *
     * @return the instance, with an NPI id, a module id and version 0 (R4)
     */
    RegistrationInstance clientRegistrationInstance();

    /**
     * The object that is handed back at every {@link #attachProvider}. Read once, at registration; only the registrar
     * sees it.
     *
     * @return the registration context, or null
     */
    default Object clientRegistrationContext() {
        return null;
    }

    /**
     * Offers a provider ({@code ClientAttachProvider}, A1). A client that wants it calls
     * {@link ClientBindingHandle#attach} and returns the status of the last such call (A7); one that does not returns
     * any status but success, such as {@link NmrStatus#NOINTERFACE} (A2).
     *
     * @param handle names the binding; {@code attach} works on this thread until this method returns
     * @param registrationContext what {@link #clientRegistrationContext} returned
     * @param provider what the provider says of itself
     * @return {@link NmrStatus#SUCCESS} if attached, else why not
     */
    NmrStatus attachProvider(ClientBindingHandle handle, Object registrationContext, RegistrationInstance provider);

    /**
     * The deregistration of this client has begun (D1): nothing will be offered any more, so do not wait for it. Called
     * once for each registration, before any detach callback that follows from it; it must not block. The NMR has no
     * such callback, for there a module deregisters itself; on OSGi a stop of its bundle does.
     */
    default void clientDeregistering() {}

    /**
     * Ends a binding ({@code ClientDetachProvider}, D2): start no new call into the provider from here on (D3).
     *
     * @param bindingContext the client's context of the binding
     * @return {@link NmrStatus#SUCCESS} if none of the client's calls is in progress, else {@link NmrStatus#PENDING}
     *     and later {@link BindingHandle#detachComplete}: what {@link CallGate.Closer#close} answers
     */
    NmrStatus detachProvider(Object bindingContext);

    /**
     * Frees the client's context of a binding ({@code ClientCleanupBindingContext}, C1): both sides have completed
     * their detach, and neither uses it any more.
     *
     * @param bindingContext the client's context of the binding
     */
    default void cleanupClientBindingContext(Object bindingContext) {}
}
