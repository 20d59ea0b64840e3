package io.nmr.api;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The registrar: attaches each client module to each provider module of the same NPI by a handshake in which either may
 * refuse, and detaches them when one of them goes.
 *
 * <p>On OSGi it is a service, for modules that want handles of their own; a module that is published as a service needs
 * none of this (O1, O5).
 *
 * <p><b>Threading.</b> Any thread may call any method at any time, inside callbacks too (C6). Registering runs the
 * attach callbacks that it leads to and returns when they have answered (R9); deregistering does not block; waiting
 * does, with a bound.
 *
 * <p><b>Errors.</b> A registration that R4 forbids is an {@link NmrException}; a handle that is dead, not deregistered,
 * null or of another registrar answers {@link NmrStatus#INVALID_PARAMETER} and is reported, and nothing changes.
 */
@ProviderType
public interface NetworkModuleRegistrar {

    /**
     * Registers a client and offers it every provider registered for its NPI ({@code NmrRegisterClient}, R1). Attach,
     * calls and even detach may happen before this method returns (R8).
     *
     * @param client the client's characteristics
     * @return the registration
     * @throws NmrException with {@link NmrStatus#INVALID_PARAMETER} if the characteristics are not legal (R4), with
     *     {@link NmrStatus#DELETE_PENDING} if the registrar has stopped
     */
    ClientRegistration registerClient(ClientCharacteristics client);

    /**
     * Registers a provider and offers it to every client registered for its NPI ({@code NmrRegisterProvider}, R2).
     * Attach, calls and even detach may happen before this method returns (R8).
     *
     * @param provider the provider's characteristics
     * @return the registration
     * @throws NmrException with {@link NmrStatus#INVALID_PARAMETER} if the characteristics are not legal (R4), with
     *     {@link NmrStatus#DELETE_PENDING} if the registrar has stopped
     */
    ProviderRegistration registerProvider(ProviderCharacteristics provider);

    /**
     * Begins to deregister a client ({@code NmrDeregisterClient}, D1): from now on it is offered nothing, and each of
     * its bindings is detached.
     *
     * @param client the registration
     * @return {@link NmrStatus#PENDING}: begun, wait before unloading (C2); {@link NmrStatus#INVALID_PARAMETER} if it
     *     is no registration of this registrar's, or is deregistered already
     */
    NmrStatus deregisterClient(ClientRegistration client);

    /**
     * Begins to deregister a provider ({@code NmrDeregisterProvider}, D1): from now on it is not offered, and
     * each of its bindings is detached.
     *
     * @param provider the registration
     * @return {@link NmrStatus#PENDING}: begun, wait before unloading (C2); {@link NmrStatus#INVALID_PARAMETER} if it
     *     is no registration of this registrar's, or is deregistered already
     */
    NmrStatus deregisterProvider(ProviderRegistration provider);

    /**
     * Waits until the deregistration of a client is complete ({@code NmrWaitForClientDeregisterComplete}, C3). An
     * interrupt does not end the wait, which is bounded; the interrupt status is restored. For a wait without a thread
     * see {@link Registration#deregistration}.
     *
     * @param client the registration
     * @param timeout how long to wait; zero or less only looks
     * @return {@link NmrStatus#SUCCESS} once complete, {@link NmrStatus#TIMEOUT} when the time has passed,
     *     {@link NmrStatus#POSSIBLE_DEADLOCK} at once if the caller is inside a callback that the completion waits for
     *     (C6), {@link NmrStatus#INVALID_PARAMETER} if it is no registration of this registrar's or was not
     *     deregistered before
     */
    NmrStatus waitForClientDeregisterComplete(ClientRegistration client, Duration timeout);

    /**
     * Waits until the deregistration of a provider is complete ({@code NmrWaitForProviderDeregisterComplete}, C3). An
     * interrupt does not end the wait, which is bounded; the interrupt status is restored. For a wait without a thread
     * see {@link Registration#deregistration}.
     *
     * @param provider the registration
     * @param timeout how long to wait; zero or less only looks
     * @return {@link NmrStatus#SUCCESS} once complete, {@link NmrStatus#TIMEOUT} when the time has passed,
     *     {@link NmrStatus#POSSIBLE_DEADLOCK} at once if the caller is inside a callback that the completion waits for
     *     (C6), {@link NmrStatus#INVALID_PARAMETER} if it is no registration of this registrar's or was not
     *     deregistered before
     */
    NmrStatus waitForProviderDeregisterComplete(ProviderRegistration provider, Duration timeout);
}
