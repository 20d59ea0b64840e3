package io.nmr.benchmarks.call;

import java.util.concurrent.atomic.AtomicLong;

/** The peer: one word for all threads, a closed bit and a count in it, one getAndAdd each way. */
final class AtomicLongLookup implements Lookup {

    private static final long CLOSED = 1;
    private static final long CALL = 2;

    private final AtomicLong word = new AtomicLong();
    private final Lookup provider;
    volatile boolean drained;

    AtomicLongLookup(Lookup provider) {
        this.provider = provider;
    }

    @Override
    public int lookup(int address) {
        if ((word.getAndAdd(CALL) & CLOSED) != 0) {
            exit();
            return DETACHED;
        }
        try {
            return provider.lookup(address);
        } finally {
            exit();
        }
    }

    AtomicLongLookup closed() {
        word.getAndAdd(CLOSED);
        return this;
    }

    private void exit() {
        if (word.getAndAdd(-CALL) == CALL + CLOSED) {
            drained = true;
        }
    }
}
