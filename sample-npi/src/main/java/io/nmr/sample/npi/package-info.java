/**
 * The address lookup NPI: which block of special-purpose addresses does an IP address lie in?
 *
 * <table>
 * <caption>What the contract consists of</caption>
 * <tr><td>identifier</td><td>{@link io.nmr.sample.npi.LookupNpi#ID}</td></tr>
 * <tr><td>all of it, for typed modules</td><td>{@link io.nmr.sample.npi.LookupNpi#NPI}</td></tr>
 * <tr><td>provider dispatch</td><td>{@link io.nmr.sample.npi.AddressLookup}</td></tr>
 * <tr><td>provider characteristics</td><td>{@link io.nmr.sample.npi.AddressFamilies}</td></tr>
 * <tr><td>client dispatch, version 1</td><td>{@link io.nmr.sample.npi.TableListener}</td></tr>
 * <tr><td>client dispatch, version 2</td><td>{@link io.nmr.sample.npi.TableListener2}</td></tr>
 * <tr><td>client characteristics</td><td>none</td></tr>
 * </table>
 *
 * <p>A client offers its dispatch in the highest version it has, and the next lower one each time the provider refuses
 * with {@link io.nmr.api.NmrStatus#NOINTERFACE} (A6). Typed modules do so without being told.
 *
 * <p>In C every function of an NPI takes the binding context of the side it calls. A dispatch table in Java is an
 * object and knows its own context, so that the methods here take none.
 */
@Export
@Version("1.0.0")
package io.nmr.sample.npi;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
