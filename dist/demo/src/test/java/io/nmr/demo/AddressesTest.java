package io.nmr.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static final String PART = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    @Test
    void all_areIpv4Literals() {
        assertThat(drawn(1, 10_000)).allMatch(address -> address.matches(PART + "(\\." + PART + "){3}"));
    }

    @Test
    void both_specialAndOrdinary_areDrawn() {
        assertThat(drawn(1, 1_000)).anyMatch(address -> address.startsWith("192.0.2.")).anyMatch("255.255.255.255"::equals)
                .hasSizeGreaterThan(900).filteredOn(address -> address.startsWith("8.")).isNotEmpty();
    }

    @Test
    void sameSeed_drawsTheSame() {
        assertThat(drawn(7, 100)).isEqualTo(drawn(7, 100)).isNotEqualTo(drawn(8, 100));
    }

    private static List<String> drawn(long seed, int count) {
        Addresses addresses = new Addresses(seed);
        return Stream.generate(addresses::next).limit(count).toList();
    }
}
