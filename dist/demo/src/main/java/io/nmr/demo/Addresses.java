package io.nmr.demo;

import java.util.Random;

/** IPv4 addresses in a repeatable random order, about half of them special-purpose (RFC 6890), half ordinary. */
final class Addresses {
    private static final String[] SPECIAL = {
        "10.", "100.64.", "127.", "169.254.", "172.16.", "192.0.2.", "192.88.99.", "192.168.", "198.18.", "198.51.100.",
        "203.0.113.", "240.", "255.255.255.255"
    };

    private final Random random;

    Addresses(long seed) {
        random = new Random(seed);
    }

    String next() {
        return random.nextBoolean()
                ? completed(SPECIAL[random.nextInt(SPECIAL.length)])
                : completed((1 + random.nextInt(223)) + ".");
    }

    private String completed(String prefix) {
        StringBuilder address = new StringBuilder(prefix);
        while (prefix.endsWith(".") && address.chars().filter(c -> c == '.').count() < 3) {
            address.append(random.nextInt(256)).append('.');
        }
        return prefix.endsWith(".") ? address.append(random.nextInt(256)).toString() : prefix;
    }
}
