package io.nmr.sample.npi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFamilyTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "255.255.255.255", "192.0.2.1", "10.0.0.255"})
    void parse_ipv4_asTheJdkReadsIt(String text) throws UnknownHostException {
        assertThat(AddressFamily.parse(text)).contains(InetAddress.getByName(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:DB8::A",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2:3:4:5:6:1.2.3.4",
                "64:ff9b::192.0.2.1",
                "::1.2.3.4",
                "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"
            })
    void parse_ipv6_asTheJdkReadsIt(String text) throws UnknownHostException {
        assertThat(AddressFamily.parse(text)).contains(InetAddress.getByName(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "a",
                "abc",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.0.0.1",
                "01.2.3.4",
                "0x7f.0.0.1",
                "-1.2.3.4",
                "+1.2.3.4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/24",
                "1.2.3.4\n",
                "١.٢.٣.٤",
                ":",
                ":::",
                "1:",
                ":1",
                "1:::2",
                "1::2::3",
                "12345::",
                "g::",
                "::-1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::1.2.3",
                "::256.0.0.1",
                "[::1]",
                "fe80::1%eth0",
                "fe80::1%1",
                "::1/128",
                "0000:0000:0000:0000:0000:0000:0000:0000:0000:0"
            })
    void parse_noLiteral_isEmpty(String text) {
        assertThat(AddressFamily.parse(text)).isEmpty();
    }

    @Test
    void parse_oversize_isEmpty() {
        assertThat(AddressFamily.parse("1:".repeat(1_000_000))).isEmpty();
    }

    @Test
    void of_mappedAddress_isIpv6HereAndIpv4InTheJdk() throws UnknownHostException {
        InetAddress parsed = AddressFamily.parse("::ffff:192.0.2.1").orElseThrow();

        assertThat(parsed).isInstanceOf(Inet6Address.class);
        assertThat(AddressFamily.of(parsed)).isEqualTo(AddressFamily.IPV6);
        assertThat(InetAddress.getByName("::ffff:192.0.2.1")).isInstanceOf(Inet4Address.class);
    }

    @Test
    void families_serveTheirOwnAddressesOnly() {
        AddressFamilies families = new AddressFamilies(Set.of(AddressFamily.IPV4));

        assertThat(families.serve(AddressFamily.parse("10.0.0.1").orElseThrow())).isTrue();
        assertThat(families.serve(AddressFamily.parse("::1").orElseThrow())).isFalse();
    }
}
