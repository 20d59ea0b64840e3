package io.nmr.sample.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nmr.sample.npi.AddressBlock;
import io.nmr.sample.npi.AddressFamily;
import io.nmr.sample.npi.GloballyReachable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the tables that are shipped. */
class PrefixTableTest {

    private final PrefixTable table = new TableSource(Tables.BOTH, Optional.empty()).shipped();

    PrefixTableTest() throws IOException {}

    @ParameterizedTest
    @CsvSource({
        // first, last
        "0.0.0.1, 0.0.0.0/8",
        "0.255.255.255, 0.0.0.0/8",
        "10.0.0.0, 10.0.0.0/8",
        "10.255.255.255, 10.0.0.0/8",
        "100.64.0.0, 100.64.0.0/10",
        "100.127.255.255, 100.64.0.0/10",
        "172.16.0.0, 172.16.0.0/12",
        "172.31.255.255, 172.16.0.0/12",
        "198.18.0.0, 198.18.0.0/15",
        "198.19.255.255, 198.18.0.0/15",
        "240.0.0.0, 240.0.0.0/4",
        "255.255.255.254, 240.0.0.0/4",
        // nested
        "0.0.0.0, 0.0.0.0/32",
        "192.0.0.0, 192.0.0.0/29",
        "192.0.0.7, 192.0.0.0/29",
        "192.0.0.8, 192.0.0.8/32",
        "192.0.0.9, 192.0.0.9/32",
        "192.0.0.10, 192.0.0.10/32",
        "192.0.0.11, 192.0.0.0/24",
        "192.0.0.169, 192.0.0.0/24",
        "192.0.0.170, 192.0.0.170/32",
        "192.0.0.171, 192.0.0.171/32",
        "192.0.0.255, 192.0.0.0/24",
        "192.88.99.1, 192.88.99.0/24",
        "192.88.99.2, 192.88.99.2/32",
        "255.255.255.255, 255.255.255.255/32",
        // IPv6: first, last, nested
        "::, ::/128",
        "::1, ::1/128",
        "::ffff:0:0, ::ffff:0:0/96",
        "::ffff:255.255.255.255, ::ffff:0:0/96",
        "64:ff9b::, 64:ff9b::/96",
        "64:ff9b::ffff:ffff, 64:ff9b::/96",
        "64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b:1::/48",
        "100::ffff:ffff:ffff:ffff, 100::/64",
        "100:0:0:1::, 100:0:0:1::/64",
        "2001::, 2001::/32",
        "2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2001::/32",
        "2001:1::, 2001::/23",
        "2001:1::1, 2001:1::1/128",
        "2001:1::2, 2001:1::2/128",
        "2001:1::3, 2001:1::3/128",
        "2001:1::4, 2001::/23",
        "2001:2::, 2001:2::/48",
        "2001:2:0:ffff:ffff:ffff:ffff:ffff, 2001:2::/48",
        "2001:2:1::, 2001::/23",
        "2001:4:112::1, 2001:4:112::/48",
        "2001:10::, 2001:10::/28",
        "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:10::/28",
        "2001:20::, 2001:20::/28",
        "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff, 2001:30::/28",
        "2001:40::, 2001::/23",
        "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2001::/23",
        "2001:db8::, 2001:db8::/32",
        "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2002::/16",
        "2620:4f:8000::, 2620:4f:8000::/48",
        "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff::/20",
        "5f00::, 5f00::/16",
        "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fc00::/7",
        "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe80::/10"
    })
    void find_inABlock_isTheLongestPrefix(String address, String prefix) {
        assertThat(find(address)).map(AddressBlock::prefix).contains(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "191.255.255.255",
                "192.0.1.0",
                "192.0.3.0",
                "192.88.98.255",
                "192.88.100.0",
                "198.17.255.255",
                "198.20.0.0",
                "224.0.0.1",
                "239.255.255.255",
                "::2",
                "::fffe:ffff:ffff",
                "::1:0:0:0",
                "64:ff9b::1:0:0",
                "100:0:0:2::",
                "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "2001:200::",
                "2001:db9::",
                "2003::",
                "2620:4f:8001::",
                "3fff:1000::",
                "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "fe00::",
                "fec0::",
                "ff02::1"
            })
    void find_justOutside_isEmpty(String address) {
        assertThat(find(address)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, NO",
        "192.0.0.9, YES",
        "192.88.99.1, NOT_APPLICABLE",
        "2001:20::1, YES",
        "2002::1, NOT_APPLICABLE"
    })
    void find_saysWhetherGloballyReachable(String address, GloballyReachable reachable) {
        assertThat(find(address)).map(AddressBlock::globallyReachable).contains(reachable);
    }

    @Test
    void shipped_isTheWholeRegistry() {
        assertThat(table.size()).isEqualTo(26 + 25);
    }

    @Test
    void find_inTheWholeAddressSpace() {
        PrefixTable all = new PrefixTable(List.of(block("0.0.0.0/0", "v4"), block("::/0", "v6")));

        assertThat(all.find(AddressFamily.parse("255.255.255.255").orElseThrow())).contains(block("0.0.0.0/0", "v4"));
        assertThat(all.find(AddressFamily.parse("::").orElseThrow())).contains(block("::/0", "v6"));
    }

    @Test
    void samePrefixTwice_theLaterReplacesTheEarlier() {
        PrefixTable twice = new PrefixTable(List.of(block("10.0.0.0/8", "old"), block("10.0.0.0/8", "new")));

        assertThat(twice.size()).isEqualTo(1);
        assertThat(twice.find(AddressFamily.parse("10.0.0.0").orElseThrow())).contains(block("10.0.0.0/8", "new"));
    }

    @Test
    void differences_areTheFamiliesWithOtherBlocks() {
        PrefixTable old = new PrefixTable(List.of(block("10.0.0.0/8", "a"), block("::/8", "b")));
        PrefixTable fresh = new PrefixTable(List.of(block("10.0.0.0/8", "a"), block("::/8", "c")));
        Set<AddressFamily> both = Set.of(AddressFamily.values());

        assertThat(old.differences(fresh, both)).containsExactly(AddressFamily.IPV6);
        assertThat(old.differences(fresh, Set.of(AddressFamily.IPV4))).isEmpty();
        assertThat(old.differences(old, both)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.1/8",
                "::1/127",
                "::/129",
                "localhost/8",
                ""
            })
    void noPrefix_isRefused(String prefix) {
        List<AddressBlock> blocks = Stream.of(prefix).map(text -> block(text, "a")).toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrefixTable(blocks))
                .withMessageContaining("'" + prefix + "'");
    }

    private Optional<AddressBlock> find(String address) {
        return table.find(AddressFamily.parse(address).orElseThrow());
    }

    private static AddressBlock block(String prefix, String name) {
        return new AddressBlock(prefix, name, "RFC0", GloballyReachable.NO);
    }
}
