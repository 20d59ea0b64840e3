package io.nmr.sample.provider;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamily;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the block with the longest prefix: one hash lookup for each prefix length that occurs. Immutable. */
final class PrefixTable {

    private final Map<Prefix, AddressBlock> blocks;
    /** For each family the prefix lengths that occur, longest first. */
    private final Map<AddressFamily, List<Integer>> lengths;

    /**
     * @param blocks the blocks; a later one replaces an earlier one of the same prefix
     * @throws IllegalArgumentException if the prefix of a block is none
     */
    PrefixTable(List<AddressBlock> blocks) {
        this.blocks = blocks.stream()
                .collect(Collectors.toMap(block -> Prefix.parse(block.prefix()), block -> block, (first, last) -> last));
        this.lengths = this.blocks.keySet().stream()
                .collect(Collectors.groupingBy(
                        Prefix::family, Collectors.mapping(Prefix::length, Collectors.toSet())))
                .entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> longestFirst(entry.getValue())));
    }

    Optional<AddressBlock> find(InetAddress address) {
        return lengths.getOrDefault(AddressFamily.of(address), List.of()).stream()
                .map(length -> blocks.get(Prefix.of(address, length)))
                .filter(Objects::nonNull)
                .findFirst();
    }

    int size() {
        return blocks.size();
    }

    /** Which of {@code families} have other blocks in {@code other}. */
    Set<AddressFamily> differences(PrefixTable other, Set<AddressFamily> families) {
        return families.stream()
                .filter(family -> !blocks(family).equals(other.blocks(family)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Map<Prefix, AddressBlock> blocks(AddressFamily family) {
        Map<Prefix, AddressBlock> ofFamily = new HashMap<>(blocks);
        ofFamily.keySet().removeIf(prefix -> prefix.family() != family);
        return ofFamily;
    }

    private static List<Integer> longestFirst(Set<Integer> lengths) {
        return lengths.stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** The first {@code length} bits of an address. */
    private record Prefix(AddressFamily family, int length, BigInteger bits) {

        static Prefix of(InetAddress address, int length) {
            AddressFamily family = AddressFamily.of(address);
            return new Prefix(family, length, bits(address).shiftRight(family.bits() - length));
        }

        static Prefix parse(String text) {
            String[] parts = text.split("/", -1);
            InetAddress address = AddressFamily.parse(parts[0]).orElseThrow(() -> none(text));
            if (parts.length != 2 || !parts[1].matches("[0-9]{1,3}")) {
                throw none(text);
            }
            int rest = AddressFamily.of(address).bits() - Integer.parseInt(parts[1]);
            // the bits of a prefix beyond its length are zero
            if (rest < 0 || bits(address).signum() != 0 && bits(address).getLowestSetBit() < rest) {
                throw none(text);
            }
            return of(address, Integer.parseInt(parts[1]));
        }

        private static BigInteger bits(InetAddress address) {
            return new BigInteger(1, address.getAddress());
        }

        private static IllegalArgumentException none(String text) {
            return new IllegalArgumentException("'" + text + "' is no prefix: one such as 192.0.2.0/24 expected");
        }
    }
}
