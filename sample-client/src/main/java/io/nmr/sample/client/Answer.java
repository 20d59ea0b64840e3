package io.nmr.sample.client;

import io.nmr.sample.npi.AddressBlock;
import java.util.Optional;

/**
 * What a provider answered.
 *
 * @param provider the provider's implementation number
 * @param block the block, or empty if the address lies in none
 */
record Answer(long provider, Optional<AddressBlock> block) {}
