package io.nmr.sample.npi;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The provider's dispatch table.
 *
 * <p><b>Threading.</b> Any number of threads may call at the same time.
 */
@ProviderType
public interface AddressLookup {

    /**
     * Finds the block that {@code address} lies in; of nested blocks, the one with the longest prefix. May block.
     *
     * @param address the address; {@link AddressFamily#of} tells which table it is looked up in
     * @return the block, or empty if the address lies in none
     * @throws IllegalArgumentException if the provider does not serve the family of {@code address}
     */
    Optional<AddressBlock> lookup(InetAddress address);

    /**
     * As {@link #lookup}, without blocking. The call is in progress until the stage completes (D7).
     *
     * @param address the address
     * @return completes with what {@link #lookup} returns, or exceptionally with what it throws
     */
    CompletionStage<Optional<AddressBlock>> lookupAsync(InetAddress address);
}
