package io.nmr.demo;

import java.nio.charset.StandardCharsets;

/** Sends each call of {@link FakeFramework} to the provider started last. */
final class FakeGateway {
    private static final String CUT = "{\"error\":\"provider stopped in the middle of a call\"}";

    private final int delay;
    private volatile FakeProvider provider;

    FakeGateway(int delay) {
        this.delay = delay;
    }

    void use(FakeProvider started) {
        provider = started;
    }

    String lookup() {
        FakeProvider used = provider;
        while (!used.tryEnter()) {
            Thread.yield();
            used = provider;
        }
        return used.call(delay) ? "{\"provider\":\"" + used.version() + "\"}" : CUT;
    }

    int status(byte[] body) {
        return new String(body, StandardCharsets.UTF_8).equals(CUT) ? 500 : 200;
    }
}
