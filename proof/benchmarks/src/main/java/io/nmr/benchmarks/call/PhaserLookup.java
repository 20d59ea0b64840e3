package io.nmr.benchmarks.call;

import java.util.concurrent.Phaser;

/** The peer: a call is a party of a phaser, which terminates when the last of them leaves. */
final class PhaserLookup implements Lookup {

    private final Phaser calls = new Phaser(1);
    private final Lookup provider;

    PhaserLookup(Lookup provider) {
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        if (calls.register() < 0) {
            return DETACHED;
        }
        try {
            return provider.lookup(address);
        } finally {
            calls.arriveAndDeregister();
        }
    }

    /** The last call to leave terminates it; until then it still lets calls in. */
    void close() {
        calls.arriveAndDeregister();
    }
}
