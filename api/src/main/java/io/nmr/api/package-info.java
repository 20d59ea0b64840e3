/**
 * The model of the Network Module Registrar as Java types: what modules implement and what they call.
 *
 * <p>A reader of the {@code netioddk.h} documentation finds its fifteen functions and callbacks here:
 * <table>
 * <caption>NMR and Java</caption>
 * <tr><th>NMR</th><th>here</th></tr>
 * <tr><td>NmrRegisterClient, NmrRegisterProvider</td>
 *     <td>{@link io.nmr.api.NetworkModuleRegistrar#registerClient registerClient},
 *     {@link io.nmr.api.NetworkModuleRegistrar#registerProvider registerProvider}</td></tr>
 * <tr><td>NmrDeregisterClient, NmrDeregisterProvider</td>
 *     <td>{@link io.nmr.api.NetworkModuleRegistrar#deregisterClient deregisterClient},
 *     {@link io.nmr.api.NetworkModuleRegistrar#deregisterProvider deregisterProvider}</td></tr>
 * <tr><td>NmrWaitForClientDeregisterComplete, NmrWaitForProviderDeregisterComplete</td>
 *     <td>{@link io.nmr.api.NetworkModuleRegistrar#waitForClientDeregisterComplete
 *     waitForClientDeregisterComplete},
 *     {@link io.nmr.api.NetworkModuleRegistrar#waitForProviderDeregisterComplete
 *     waitForProviderDeregisterComplete}</td></tr>
 * <tr><td>NmrClientAttachProvider</td>
 *     <td>{@link io.nmr.api.ClientBindingHandle#attach}</td></tr>
 * <tr><td>NmrClientDetachProviderComplete, NmrProviderDetachClientComplete</td>
 *     <td>{@link io.nmr.api.BindingHandle#detachComplete}, on the handle of the side that completes</td></tr>
 * <tr><td>ClientAttachProvider, ClientDetachProvider, ClientCleanupBindingContext</td>
 *     <td>{@link io.nmr.api.ClientCharacteristics}</td></tr>
 * <tr><td>ProviderAttachClient, ProviderDetachClient, ProviderCleanupBindingContext</td>
 *     <td>{@link io.nmr.api.ProviderCharacteristics}</td></tr>
 * </table>
 *
 * <p>Rule numbers such as A4 are those of <a href="doc-files/protocol.html">the protocol</a>.
 */
@Export
@Version("1.0.0")
package io.nmr.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
