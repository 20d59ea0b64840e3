package io.nmr.sample.npi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP address literals. What is none surfaces as a {@link NumberFormatException} inside, as empty outside. */
final class AddressLiteral {

    private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();
    private static final int GROUPS = 8;
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private AddressLiteral() {}

    static Optional<InetAddress> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(text.contains(":") ? ipv6(text) : InetAddress.getByAddress(octets(text)));
        } catch (NumberFormatException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static InetAddress ipv6(String text) throws UnknownHostException {
        int gap = text.indexOf("::");
        List<Integer> groups = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
        if (gap >= 0) {
            List<Integer> tail = groups(text.substring(gap + 2), true);
            check(groups.size() + tail.size() < GROUPS);
            while (groups.size() + tail.size() < GROUPS) {
                groups.add(0);
            }
            groups.addAll(tail);
        }
        check(groups.size() == GROUPS);
        ByteBuffer bytes = ByteBuffer.allocate(2 * GROUPS);
        groups.forEach(group -> bytes.putShort(group.shortValue()));
        // the one factory method that does not turn an IPv4-mapped address into IPv4
        return Inet6Address.getByAddress(null, bytes.array(), -1);
    }

    /** The groups of one side of "::"; the last two of an address may be written as IPv4. */
    private static List<Integer> groups(String text, boolean last) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (last && i == parts.length - 1 && parts[i].contains(".")) {
                ByteBuffer ipv4 = ByteBuffer.wrap(octets(parts[i]));
                groups.add((int) ipv4.getShort());
                groups.add((int) ipv4.getShort());
            } else {
                check(GROUP.matcher(parts[i]).matches());
                groups.add(Integer.parseInt(parts[i], 16));
            }
        }
        return groups;
    }

    private static byte[] octets(String text) {
        String[] parts = text.split("\\.", -1);
        check(parts.length == 4);
        byte[] octets = new byte[4];
        for (int i = 0; i < 4; i++) {
            check(OCTET.matcher(parts[i]).matches());
            int octet = Integer.parseInt(parts[i]);
            check(octet <= 255);
            octets[i] = (byte) octet;
        }
        return octets;
    }

    private static void check(boolean wellFormed) {
        if (!wellFormed) {
            throw new NumberFormatException();
        }
    }
}
