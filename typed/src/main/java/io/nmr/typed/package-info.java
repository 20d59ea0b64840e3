/**
 * Typed modules: network modules without handles, counters, status codes and casts.
 *
 * <pre>{@code
 * // the NPI's bundle
 * public static final Npi<TableListener, AddressLookup> NPI =
 *         Npi.of(ID, "address lookup", TableListener.class, AddressLookup.class);
 *
 * // a provider
 * NpiProvider<TableListener, AddressLookup> provider = NpiProvider.of(NPI, MODULE, new TableLookup());
 * context.registerService(ProviderCharacteristics.class, provider, null);
 * provider.forEachClient(TableListener::tableChanged);
 *
 * // a client
 * NpiClient<TableListener, AddressLookup> client = NpiClient.of(NPI, MODULE, () -> cache.clear());
 * context.registerService(ClientCharacteristics.class, client, null);
 * Optional<AddressBlock> block = client.call(lookup -> lookup.lookup(address));
 * }</pre>
 *
 * <p>Start at {@link io.nmr.typed.Npi}, then {@link io.nmr.typed.NpiProvider}, {@link io.nmr.typed.NpiClient} and
 * {@link io.nmr.typed.Caller}. Null is legal only where the documentation allows it; elsewhere it leads to a
 * {@link NullPointerException}, at the latest when it is used. Rule numbers such as T4 refer to
 * <a href="{@docRoot}/io/nmr/api/doc-files/protocol.html">the protocol</a>.
 */
@Export
@Version("1.0.0")
package io.nmr.typed;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
